package vpnlab.protocol.ike;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;

/** Judges the certificates of a peer. Called in the midst of a message, so it must not block. */
@FunctionalInterface
public interface PeerVerifier {
  /**
   * Accepts or refuses.
   *
   * @param now the clock of the judging host
   * @param chain DER, end entity first, as the peer sent them; empty when it sent none
   * @param identity IDr of a server, IDi of a client
   */
  Verdict judge(Instant now, List<Octets> chain, Identity identity);

  /** What comes of it. */
  sealed interface Verdict {}

  /** The key that the peer's AUTH must verify with. */
  record Accepted(PublicKey key) implements Verdict {}

  /**
   * The peer is not who it should be.
   *
   * @param code Windows error code, e.g. 13801
   * @param text for people
   */
  record Refused(int code, String text) implements Verdict {}
}
