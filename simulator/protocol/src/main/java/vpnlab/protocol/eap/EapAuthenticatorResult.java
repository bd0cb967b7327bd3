package vpnlab.protocol.eap;

import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/** What follows from a packet that an {@link EapAuthenticator} took. */
public sealed interface EapAuthenticatorResult {
  /** This EAP packet goes to the peer, and its answer is awaited. */
  record Request(Octets packet) implements EapAuthenticatorResult {}

  /**
   * The peer is who it says.
   *
   * @param packet the EAP-Success
   * @param name whom the method has authenticated: the name in the MS-CHAPv2 Response, or the EAP
   *     identity
   * @param chain the peer's certificates with EAP-TLS, its own first; else empty
   */
  record Success(Octets packet, EapKeys keys, EapType method, String name, List<Octets> chain)
      implements EapAuthenticatorResult {
    public Success {
      chain = List.copyOf(chain);
    }
  }

  /**
   * The peer is not let in.
   *
   * @param packet the EAP-Failure
   */
  record Failure(Octets packet, EapAuthenticatorFailure reason) implements EapAuthenticatorResult {}

  /** The packet was discarded; the conversation goes on. */
  record Ignored(String why) implements EapAuthenticatorResult {}
}
