package vpnlab.lab.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import vpnlab.lab.spec.NetworkSpec.HostSpec;
import vpnlab.lab.spec.NetworkSpec.PortForward;
import vpnlab.lab.spec.NetworkSpec.RouterSpec;
import vpnlab.lab.spec.NetworkSpec.SegmentSpec;
import vpnlab.network.topology.DestinationNat;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.Host;
import vpnlab.network.topology.Interface;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.PortRange;
import vpnlab.network.topology.Router;
import vpnlab.network.topology.Segment;
import vpnlab.network.topology.SourceNat;
import vpnlab.network.topology.StaticRoute;
import vpnlab.network.topology.Topology;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/** Turns the network of a lab file into the network's own words. */
public final class LabTopology {
  private LabTopology() {}

  /** Throws {@link IllegalArgumentException} that says what does not fit together. */
  public static Topology of(NetworkSpec spec) {
    List<Segment> segments = new ArrayList<>();
    spec.segments().forEach((name, segment) -> segments.add(segment(name, segment)));
    List<Host> hosts = new ArrayList<>();
    spec.hosts().forEach((name, host) -> hosts.add(host(name, host)));
    List<Router> routers = new ArrayList<>();
    spec.routers().forEach((name, router) -> routers.add(router(name, router)));
    return new Topology(segments, hosts, routers);
  }

  private static Segment segment(String name, SegmentSpec spec) {
    LinkProperties link =
        new LinkProperties(
            spec.latency(),
            spec.jitter(),
            spec.loss(),
            spec.duplication(),
            spec.reordering(),
            Duration.ofMillis(20),
            spec.mtu());
    return Segment.of(name, spec.subnet()).with(link);
  }

  private static Host host(String name, HostSpec spec) {
    List<FirewallRule> rules = new ArrayList<>();
    spec.firewall()
        .forEach(
            (rule, content) -> {
              if (content.direction() != NetworkSpec.FirewallRule.Direction.OUT) {
                rules.add(rule(rule, content, FirewallRule.Direction.IN));
              }
              if (content.direction() != NetworkSpec.FirewallRule.Direction.IN) {
                rules.add(rule(rule, content, FirewallRule.Direction.OUT));
              }
            });
    return Host.of(name, interfaces(spec.interfaces()))
        .with(Firewall.of(rules.toArray(FirewallRule[]::new)))
        .withStealth(spec.stealth())
        .with(routes(spec.routes()))
        .withClockSkew(spec.clockOffset());
  }

  private static Router router(String name, RouterSpec spec) {
    List<FirewallRule> rules = new ArrayList<>();
    spec.firewall()
        .forEach((rule, content) -> rules.add(rule(rule, content, FirewallRule.Direction.FORWARD)));
    Router router =
        Router.of(name, interfaces(spec.interfaces()))
            .with(Firewall.of(rules.toArray(FirewallRule[]::new)))
            .with(
                spec.destinationNat().values().stream()
                    .map(LabTopology::forward)
                    .toArray(DestinationNat[]::new))
            .with(routes(spec.routes()));
    return spec.sourceNat().isEmpty() ? router : router.with(SourceNat.onto(spec.sourceNat()));
  }

  private static DestinationNat forward(PortForward spec) {
    return new DestinationNat(
        Ipv4Address.parse(spec.publicAddress()),
        protocol(spec.protocol()),
        spec.port() == 0 ? OptionalInt.empty() : OptionalInt.of(spec.port()),
        Ipv4Address.parse(spec.innerAddress()),
        spec.innerPort() == 0 ? OptionalInt.empty() : OptionalInt.of(spec.innerPort()));
  }

  private static Interface[] interfaces(Map<String, String> addresses) {
    return addresses.entrySet().stream()
        .map(entry -> Interface.on(entry.getKey(), entry.getValue()))
        .toArray(Interface[]::new);
  }

  private static StaticRoute[] routes(Map<String, String> routes) {
    return routes.entrySet().stream()
        .map(entry -> StaticRoute.to(entry.getKey(), entry.getValue()))
        .toArray(StaticRoute[]::new);
  }

  private static FirewallRule rule(
      String name, NetworkSpec.FirewallRule spec, FirewallRule.Direction direction) {
    FirewallRule rule =
        FirewallRule.of(name, direction, FirewallRule.Action.valueOf(spec.action().name()))
            .from(network(spec.source()), ports(spec.sourcePort()))
            .to(network(spec.destination()), ports(spec.destinationPort()));
    Optional<IpProtocol> protocol = protocol(spec.protocol());
    if (protocol.isPresent()) {
      rule = rule.protocol(protocol.get());
    }
    if (spec.espInUdp()) {
      rule = rule.onlyEspInUdp();
    }
    return spec.fragments() ? rule.laterFragments() : rule;
  }

  private static Optional<IpProtocol> protocol(String name) {
    return name.equals("any") ? Optional.empty() : Optional.of(IpProtocol.parse(name));
  }

  private static Ipv4Network network(String cidr) {
    return cidr.isEmpty() ? Ipv4Network.ANY : Ipv4Network.parse(cidr);
  }

  private static PortRange ports(int port) {
    return port == 0 ? PortRange.ANY : PortRange.of(port);
  }
}
