package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import vpnlab.lab.host.Machine;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.NasPortType;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.TunnelType;
import vpnlab.wire.radius.VendorAttribute;

/** What RRAS tells RADIUS servers about itself and about a client, in every kind of request. */
final class NasAttributes {
  private static final int FRAMED = 2;
  private static final int PPP = 1;
  private static final int IPV4 = 1;

  /** MS-Network-Access-Server-Type: Remote Access Server. */
  private static final int REMOTE_ACCESS_SERVER = 2;

  private NasAttributes() {}

  /**
   * @param local the address that requests leave from
   * @param remote the client's outer address
   * @param port of RRAS, which no two clients have at a time
   */
  static List<RadiusAttribute> of(
      Machine machine, InetAddress local, String user, InetSocketAddress remote, long port) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(RadiusAttribute.text(RadiusAttributeType.USER_NAME, user));
    if (local instanceof Inet4Address address) {
      attributes.add(RadiusAttribute.address(RadiusAttributeType.NAS_IP_ADDRESS, address));
    }
    attributes.add(RadiusAttribute.text(RadiusAttributeType.NAS_IDENTIFIER, machine.name()));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.NAS_PORT, port));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.SERVICE_TYPE, FRAMED));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.FRAMED_PROTOCOL, PPP));
    attributes.add(
        RadiusAttribute.integer(RadiusAttributeType.NAS_PORT_TYPE, NasPortType.VIRTUAL.value()));
    attributes.add(TunnelType.ESP.toAttribute());
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.TUNNEL_MEDIUM_TYPE, IPV4));
    String caller = remote.getAddress().getHostAddress();
    String called = machine.network().address().getHostAddress();
    attributes.add(RadiusAttribute.text(RadiusAttributeType.CALLED_STATION_ID, called));
    attributes.add(RadiusAttribute.text(RadiusAttributeType.CALLING_STATION_ID, caller));
    attributes.add(RadiusAttribute.text(RadiusAttributeType.TUNNEL_CLIENT_ENDPOINT, caller));
    attributes.add(number(VendorAttribute.MS_RAS_VENDOR, VendorAttribute.MICROSOFT));
    attributes.add(
        VendorAttribute.microsoft(
                VendorAttribute.MS_RAS_VERSION,
                Octets.ofText("MSRASV5.20", StandardCharsets.US_ASCII))
            .toAttribute());
    attributes.add(number(VendorAttribute.MS_NETWORK_ACCESS_SERVER_TYPE, REMOTE_ACCESS_SERVER));
    return attributes;
  }

  private static RadiusAttribute number(int type, long value) {
    return VendorAttribute.microsoft(type, new OctetWriter().u32(value).toOctets()).toAttribute();
  }
}
