package vpnlab.network.topology;

import java.util.List;

/**
 * Forwards packets between its segments: destination NAT, firewall, source NAT, in this order. The
 * firewall so sees inner addresses on both ways.
 *
 * @param routes entered by hand
 * @param unreachables whether it tells senders by ICMP that a packet cannot be delivered
 */
public record Router(
    String name,
    List<Interface> interfaces,
    Firewall firewall,
    List<SourceNat> sourceNat,
    List<DestinationNat> destinationNat,
    List<StaticRoute> routes,
    boolean unreachables) {
  public Router {
    interfaces = List.copyOf(interfaces);
    sourceNat = List.copyOf(sourceNat);
    destinationNat = List.copyOf(destinationNat);
    routes = List.copyOf(routes);
  }

  public static Router of(String name, Interface... interfaces) {
    return new Router(
        name, List.of(interfaces), Firewall.OFF, List.of(), List.of(), List.of(), true);
  }

  public Router with(Firewall value) {
    return new Router(name, interfaces, value, sourceNat, destinationNat, routes, unreachables);
  }

  public Router with(SourceNat... values) {
    return new Router(
        name, interfaces, firewall, List.of(values), destinationNat, routes, unreachables);
  }

  public Router with(DestinationNat... values) {
    return new Router(name, interfaces, firewall, sourceNat, List.of(values), routes, unreachables);
  }

  public Router with(StaticRoute... values) {
    return new Router(
        name, interfaces, firewall, sourceNat, destinationNat, List.of(values), unreachables);
  }

  public Router withUnreachables(boolean value) {
    return new Router(name, interfaces, firewall, sourceNat, destinationNat, routes, value);
  }
}
