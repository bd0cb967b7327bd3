package vpnlab.lab.servers;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;

/** Who decides for RRAS whether a client may come in: RADIUS servers, or Windows itself. */
interface AuthenticationProvider {

  /** Opens a conversation and returns the EAP request that begins it. */
  Octets begin(IkeSaId sa, InetSocketAddress remote);

  /** Takes an EAP response of the client. */
  void forward(IkeSaId sa, Octets eap);

  /** The client has gone. */
  void forget(IkeSaId sa);

  /** Where the answers go, at once or later, on the lab's thread. */
  interface Listener {
    void request(IkeSaId sa, Octets eap);

    void accepted(IkeSaId sa, Acceptance acceptance);

    void rejected(IkeSaId sa, String user, Octets eap, Refusal refusal);
  }

  /**
   * What came with the permission.
   *
   * @param eap the EAP-Success
   * @param msk what the EAP method exported; empty when it exports no key
   * @param attributes of the Access-Accept, or what stands for them
   */
  record Acceptance(String user, Octets eap, Octets msk, List<RadiusAttribute> attributes) {
    public Acceptance {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * Why a client was refused, as far as RRAS can know.
   *
   * @param windowsError for the event log
   * @param whileNegotiating no EAP method had been agreed upon
   * @param toldToClient a Windows error that the client hears beside the EAP-Failure (MS-IKEE
   *     section 2.2.7)
   */
  record Refusal(
      int windowsError, String reason, boolean whileNegotiating, OptionalInt toldToClient) {
    Refusal(int windowsError, String reason, boolean whileNegotiating) {
      this(windowsError, reason, whileNegotiating, OptionalInt.empty());
    }
  }
}
