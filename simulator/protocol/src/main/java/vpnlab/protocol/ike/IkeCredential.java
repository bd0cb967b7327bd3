package vpnlab.protocol.ike;

import java.security.PrivateKey;
import java.util.List;
import vpnlab.wire.Octets;

/** By what an initiator proves its identity. */
public sealed interface IkeCredential {
  /**
   * A certificate, e.g. that of a machine.
   *
   * @param chain DER, end entity first; the root need not be there
   */
  record Certificate(List<Octets> chain, PrivateKey key) implements IkeCredential {
    public Certificate {
      chain = List.copyOf(chain);
    }
  }

  /** A secret that both ends know. */
  record PreSharedKey(Octets secret) implements IkeCredential {}

  /** EAP, whose method the owner of the endpoint runs (RFC 7296 section 2.16). */
  record Eap() implements IkeCredential {}
}
