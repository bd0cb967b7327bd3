package vpnlab.network.topology;

import java.util.Optional;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Network;

/**
 * One line of a firewall; the first that matches decides.
 *
 * @param protocol empty means any
 * @param fragments the rule matches fragments other than the first and nothing else. Without it, a
 *     rule that names ports does not match such a fragment, because there are no ports in it.
 * @param espInUdp the rule matches ESP in UDP (RFC 3948) and nothing else: datagrams from or to
 *     port 4500 that begin neither with the non-ESP marker nor are a keep-alive
 */
public record FirewallRule(
    String name,
    Direction direction,
    Optional<IpProtocol> protocol,
    Ipv4Network source,
    Ipv4Network destination,
    PortRange sourcePorts,
    PortRange destinationPorts,
    boolean fragments,
    boolean espInUdp,
    Action action) {
  /** Where a rule stands: at a host's door, or in a router. */
  public enum Direction {
    IN,
    OUT,
    FORWARD
  }

  /** What becomes of a packet that matches. */
  public enum Action {
    ALLOW,
    /** Silently. */
    DROP,
    /** ICMP "administratively prohibited" (RFC 1812 section 5.2.7.1). */
    REJECT
  }

  /** A rule that matches every packet; narrow it with the methods below. */
  public static FirewallRule of(String name, Direction direction, Action action) {
    return new FirewallRule(
        name,
        direction,
        Optional.empty(),
        Ipv4Network.ANY,
        Ipv4Network.ANY,
        PortRange.ANY,
        PortRange.ANY,
        false,
        false,
        action);
  }

  public FirewallRule protocol(IpProtocol value) {
    return new FirewallRule(
        name,
        direction,
        Optional.of(value),
        source,
        destination,
        sourcePorts,
        destinationPorts,
        fragments,
        espInUdp,
        action);
  }

  public FirewallRule from(Ipv4Network network, PortRange ports) {
    return new FirewallRule(
        name,
        direction,
        protocol,
        network,
        destination,
        ports,
        destinationPorts,
        fragments,
        espInUdp,
        action);
  }

  public FirewallRule to(Ipv4Network network, PortRange ports) {
    return new FirewallRule(
        name,
        direction,
        protocol,
        source,
        network,
        sourcePorts,
        ports,
        fragments,
        espInUdp,
        action);
  }

  /** To this port of any address. */
  public FirewallRule toPort(int port) {
    return to(destination, PortRange.of(port));
  }

  /** Fragments other than the first only. */
  public FirewallRule laterFragments() {
    return new FirewallRule(
        name,
        direction,
        protocol,
        source,
        destination,
        sourcePorts,
        destinationPorts,
        true,
        espInUdp,
        action);
  }

  /** ESP in UDP only. */
  public FirewallRule onlyEspInUdp() {
    return new FirewallRule(
        name,
        direction,
        protocol,
        source,
        destination,
        sourcePorts,
        destinationPorts,
        fragments,
        true,
        action);
  }
}
