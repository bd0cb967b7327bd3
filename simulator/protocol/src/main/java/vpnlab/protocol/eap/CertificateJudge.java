package vpnlab.protocol.eap;

import java.time.Instant;
import java.util.List;
import vpnlab.wire.Octets;

/** Decides whether the other side's certificate is good enough. */
@FunctionalInterface
public interface CertificateJudge {
  /**
   * Asked once in a handshake.
   *
   * @param now by the clock of the judging host
   * @param chain DER of X.509 certificates as the other side sent them, its own first, never empty;
   *     not necessarily certificates at all
   */
  CertificateVerdict judge(Instant now, List<Octets> chain);
}
