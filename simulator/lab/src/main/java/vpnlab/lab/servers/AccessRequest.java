package vpnlab.lab.servers;

import java.net.InetAddress;
import java.util.Optional;
import vpnlab.protocol.radius.RadiusServerEvent;
import vpnlab.protocol.radius.UserCredentials;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.NasPortType;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.TunnelType;

/**
 * An Access-Request (or Accounting-Request) as NPS's policies see it.
 *
 * @param credentials empty when it carries EAP
 */
record AccessRequest(
    RadiusServerEvent.RequestReceived received, Optional<UserCredentials> credentials) {
  RadiusPacket packet() {
    return received.packet();
  }

  long handle() {
    return received.handle();
  }

  /** User-Name; empty when there is none. */
  String user() {
    return text(RadiusAttributeType.USER_NAME);
  }

  String text(RadiusAttributeType type) {
    return packet().text(type).orElse("");
  }

  String clientName() {
    return received.client().name();
  }

  InetAddress clientAddress() {
    return received.remote().getAddress();
  }

  boolean isEap() {
    return packet().has(RadiusAttributeType.EAP_MESSAGE);
  }

  AuthenticationType authenticationType() {
    return credentials.map(AuthenticationType::of).orElse(AuthenticationType.EAP);
  }

  Optional<NasPortType> nasPortType() {
    var value = packet().integer(RadiusAttributeType.NAS_PORT_TYPE);
    return value.isPresent() ? Optional.of(new NasPortType(value.getAsLong())) : Optional.empty();
  }

  Optional<TunnelType> tunnelType() {
    return TunnelType.of(packet());
  }

  /** An address attribute in dotted notation; empty when there is none of 4 octets. */
  String address(RadiusAttributeType type) {
    return packet()
        .first(type)
        .filter(value -> value.size() == 4)
        .map(AccessRequest::dotted)
        .orElse("");
  }

  static String dotted(Octets value) {
    return value.at(0) + "." + value.at(1) + "." + value.at(2) + "." + value.at(3);
  }
}
