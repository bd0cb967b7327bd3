package vpnlab.protocol.ike;

import java.security.PrivateKey;
import java.util.List;
import vpnlab.wire.Octets;

/** The certificate of a responder, or why it has none. */
public sealed interface OwnCertificate {
  /**
   * It has one.
   *
   * @param chain DER, end entity first; the root need not be there
   */
  record Present(List<Octets> chain, PrivateKey key) implements OwnCertificate {
    public Present {
      chain = List.copyOf(chain);
    }
  }

  /**
   * None to send. Clients that need one are told so in MS_NOTIFY_STATUS (MS-IKEE section 2.2.7).
   *
   * @param windowsError e.g. 13806
   */
  record Absent(int windowsError) implements OwnCertificate {}
}
