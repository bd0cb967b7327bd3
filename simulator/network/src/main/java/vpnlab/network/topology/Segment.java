package vpnlab.network.topology;

import vpnlab.wire.ip.Ipv4Network;

/** A link that joins hosts and routers whose addresses lie in one block. */
public record Segment(String name, Ipv4Network network, LinkProperties link) {
  public static Segment of(String name, String network) {
    return new Segment(name, Ipv4Network.parse(network), LinkProperties.LAN);
  }

  public Segment with(LinkProperties properties) {
    return new Segment(name, network, properties);
  }
}
