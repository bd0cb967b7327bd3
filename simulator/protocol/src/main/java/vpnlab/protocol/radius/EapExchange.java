package vpnlab.protocol.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapAuthenticatorResult;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusCode;

/** How {@link EapConversations} wants an Access-Request answered. */
public sealed interface EapExchange {
  /** Goes on: an Access-Challenge with State and EAP-Message. */
  record Challenge(List<RadiusAttribute> attributes) implements EapExchange {
    public Challenge {
      attributes = List.copyOf(attributes);
    }

    public RadiusServerCommand.Reply reply(long handle) {
      return new RadiusServerCommand.Reply(
          handle, RadiusCode.ACCESS_CHALLENGE, attributes, Optional.empty());
    }
  }

  /** Ends well: an Access-Accept with EAP-Success and the keys. */
  record Accept(List<RadiusAttribute> attributes, EapAuthenticatorResult.Success success)
      implements EapExchange {
    public Accept {
      attributes = List.copyOf(attributes);
    }

    /**
     * The answer as a command to the server.
     *
     * @param further attributes that the policy adds
     */
    public RadiusServerCommand.Reply reply(long handle, List<RadiusAttribute> further) {
      List<RadiusAttribute> all = new ArrayList<>(attributes);
      all.addAll(further);
      Optional<EapKeys> keys = Optional.of(success.keys());
      return new RadiusServerCommand.Reply(handle, RadiusCode.ACCESS_ACCEPT, all, keys);
    }
  }

  /** Ends badly: an Access-Reject with EAP-Failure. */
  record Reject(List<RadiusAttribute> attributes, EapAuthenticatorFailure reason)
      implements EapExchange {
    public Reject {
      attributes = List.copyOf(attributes);
    }

    public RadiusServerCommand.Reply reply(long handle) {
      return new RadiusServerCommand.Reply(
          handle, RadiusCode.ACCESS_REJECT, attributes, Optional.empty());
    }
  }

  /** Is not answered (RFC 3579, section 2.2). */
  record Discard(String why) implements EapExchange {}
}
