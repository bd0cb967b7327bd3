package vpnlab.network.topology;

import java.time.Duration;
import java.util.List;

/**
 * A computer at the edge of the network. Its default gateway is implied: the router on the shortest
 * way.
 *
 * @param stealth while its firewall is on, a closed UDP or TCP port answers nothing, as on Windows
 * @param routes entered by hand
 * @param clockSkew how far its clock is ahead of true time
 */
public record Host(
    String name,
    List<Interface> interfaces,
    Firewall firewall,
    boolean stealth,
    List<StaticRoute> routes,
    Duration clockSkew) {
  public Host {
    interfaces = List.copyOf(interfaces);
    routes = List.copyOf(routes);
  }

  public static Host of(String name, Interface... interfaces) {
    return new Host(name, List.of(interfaces), Firewall.OFF, false, List.of(), Duration.ZERO);
  }

  public Host with(Firewall value) {
    return new Host(name, interfaces, value, stealth, routes, clockSkew);
  }

  public Host withStealth(boolean value) {
    return new Host(name, interfaces, firewall, value, routes, clockSkew);
  }

  public Host with(StaticRoute... values) {
    return new Host(name, interfaces, firewall, stealth, List.of(values), clockSkew);
  }

  public Host withClockSkew(Duration value) {
    return new Host(name, interfaces, firewall, stealth, routes, value);
  }
}
