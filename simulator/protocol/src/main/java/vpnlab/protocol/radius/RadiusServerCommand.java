package vpnlab.protocol.radius;

import java.util.List;
import java.util.Optional;
import vpnlab.protocol.ProtocolCommand;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusCode;

/** What the owner of a {@link RadiusServer} can ask of it. */
public sealed interface RadiusServerCommand extends ProtocolCommand {
  /**
   * Answers a request. Proxy-State, Message-Authenticator and the Response Authenticator are added.
   *
   * @param handle of the {@link RadiusServerEvent.RequestReceived}; an unknown one is ignored
   * @param code Access-Accept, Access-Reject or Access-Challenge; Accounting-Response
   * @param keys sent encrypted as MS-MPPE-Send-Key and MS-MPPE-Recv-Key
   */
  record Reply(
      long handle, RadiusCode code, List<RadiusAttribute> attributes, Optional<EapKeys> keys)
      implements RadiusServerCommand {
    public Reply {
      attributes = List.copyOf(attributes);
    }
  }

  /** Leaves a request unanswered for good. */
  record Discard(long handle) implements RadiusServerCommand {}
}
