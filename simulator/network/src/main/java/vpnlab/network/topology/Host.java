package vpnlab.network.topology;

import java.time.Duration;
import java.util.List;

/**
 * A computer at the edge of the network. Its default gateway is implied: the router on the shortest
 * way.
 *
 * @param stealth while its firewall is on, a closed UDP or TCP port answers nothing, as on Windows
 * @param clockSkew how far its clock is ahead of true time
 */
public record Host(
    String name,
    List<Interface> interfaces,
    Firewall firewall,
    boolean stealth,
    Duration clockSkew) {
  public Host {
    interfaces = List.copyOf(interfaces);
  }

  public static Host of(String name, Interface... interfaces) {
    return new Host(name, List.of(interfaces), Firewall.OFF, false, Duration.ZERO);
  }

  public Host with(Firewall value) {
    return new Host(name, interfaces, value, stealth, clockSkew);
  }

  public Host withStealth(boolean value) {
    return new Host(name, interfaces, firewall, value, clockSkew);
  }

  public Host withClockSkew(Duration value) {
    return new Host(name, interfaces, firewall, stealth, value);
  }
}
