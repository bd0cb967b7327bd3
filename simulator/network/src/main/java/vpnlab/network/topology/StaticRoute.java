package vpnlab.network.topology;

import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/**
 * A route that somebody has entered by hand.
 *
 * @param nextHop on a segment of the host or router that has the route
 */
public record StaticRoute(Ipv4Network network, Ipv4Address nextHop) {
  public static StaticRoute to(String network, String nextHop) {
    return new StaticRoute(Ipv4Network.parse(network), Ipv4Address.parse(nextHop));
  }
}
