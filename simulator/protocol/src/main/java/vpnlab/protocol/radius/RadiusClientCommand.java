package vpnlab.protocol.radius;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.ProtocolCommand;
import vpnlab.wire.radius.RadiusAttribute;

/** What the owner of a {@link RadiusClient} can ask of it. */
public sealed interface RadiusClientCommand extends ProtocolCommand {
  /**
   * Sends an Access-Request; a Message-Authenticator is added.
   *
   * @param handle the owner's own number for it; a request of the same number that is still under
   *     way is given up for this one
   * @param password becomes a User-Password
   * @param server whom to ask first: the one whose Challenge this continues (RFC 2865, section
   *     5.24); else the first of the configuration
   */
  record SendAccessRequest(
      long handle,
      List<RadiusAttribute> attributes,
      Optional<String> password,
      Optional<InetSocketAddress> server)
      implements RadiusClientCommand {
    public SendAccessRequest {
      attributes = List.copyOf(attributes);
    }

    public SendAccessRequest(long handle, List<RadiusAttribute> attributes) {
      this(handle, attributes, Optional.empty(), Optional.empty());
    }

    /** Without the password, which does not belong into logs. */
    @Override
    public String toString() {
      return "SendAccessRequest[handle=" + handle + ", attributes=" + attributes.size() + "]";
    }
  }

  /**
   * Sends an Accounting-Request (RFC 2866). Acct-Delay-Time is added; because it grows, every
   * retransmission is a new packet with an identifier of its own (section 4.1).
   *
   * @param handle like that of {@link SendAccessRequest}, in the same range of numbers
   */
  record SendAccountingRequest(long handle, List<RadiusAttribute> attributes)
      implements RadiusClientCommand {
    public SendAccountingRequest {
      attributes = List.copyOf(attributes);
    }
  }

  /** Forgets a request. */
  record Cancel(long handle) implements RadiusClientCommand {}
}
