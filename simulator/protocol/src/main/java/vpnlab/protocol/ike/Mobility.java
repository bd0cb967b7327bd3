package vpnlab.protocol.ike;

import java.time.Duration;
import java.util.Optional;
import vpnlab.wire.Octets;

/** What an IKE SA, and the ones that replace it, know of MOBIKE (RFC 4555). */
public final class Mobility {
  /** Windows' default for the network outage time: half an hour. */
  public static final Duration OUTAGE_LIMIT = Duration.ofMinutes(30);

  /** What an initiator wants. */
  public enum Wish {
    /** Nothing is said of MOBIKE. */
    OFF,
    /** MOBIKE, with NAT traversal. */
    ON,
    /** MOBIKE without NAT traversal: a translated address is an attack (RFC 4555 section 3.9). */
    WITHOUT_NATS
  }

  private boolean agreed;
  private boolean natsProhibited;
  private long moves;
  private Octets seenAs;

  Mobility() {}

  void agree(boolean withoutNats) {
    agreed = true;
    natsProhibited = withoutNats;
  }

  boolean isAgreed() {
    return agreed;
  }

  boolean prohibitsNats() {
    return natsProhibited;
  }

  /** Counts changes of address, so that answers about an earlier one can be told. */
  long move() {
    return ++moves;
  }

  boolean isLatest(long move) {
    return moves == move;
  }

  /** How the peer sees this end, as a hash (RFC 4555 section 3.8). */
  void isSeenAs(Octets hash) {
    seenAs = hash;
  }

  Optional<Octets> seenAs() {
    return Optional.ofNullable(seenAs);
  }
}
