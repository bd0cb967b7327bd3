package vpnlab.protocol.ike;

import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadType;

/** Collects the opened fragments of one message (RFC 7383 section 2.6). */
final class Reassembly {
  /** A message of 64 KiB in fragments for the smallest IPv4 path has fewer. */
  private static final int MOST_FRAGMENTS = 160;

  /** A peer that has not proved its identity yet shall not make this end keep more. */
  private static final int MOST_OCTETS = 65536;

  /** What all fragments together held. */
  record Whole(PayloadType first, Octets inner, int fragments) {}

  private long messageId = -1;
  private Octets[] parts = {};
  private PayloadType first = PayloadType.NONE;
  private int missing;
  private int octets;

  /** The whole when this was the last fragment that was missing. */
  Optional<Whole> add(long id, Payload.EncryptedFragment fragment, Octets opened) {
    int total = fragment.total();
    if (total > MOST_FRAGMENTS) {
      return Optional.empty();
    }
    // A sender that probes for a smaller path begins anew with more and smaller fragments.
    if (id != messageId || total > parts.length) {
      messageId = id;
      parts = new Octets[total];
      missing = total;
      octets = 0;
    }
    int index = fragment.number() - 1;
    if (total < parts.length || parts[index] != null) {
      return Optional.empty();
    }
    octets += opened.size();
    if (octets > MOST_OCTETS) {
      clear();
      return Optional.empty();
    }
    parts[index] = opened;
    if (index == 0) {
      first = fragment.firstInner();
    }
    if (--missing > 0) {
      return Optional.empty();
    }
    Whole whole = new Whole(first, Octets.concat(parts), total);
    clear();
    return Optional.of(whole);
  }

  void clear() {
    messageId = -1;
    parts = new Octets[0];
    missing = 0;
    octets = 0;
  }
}
