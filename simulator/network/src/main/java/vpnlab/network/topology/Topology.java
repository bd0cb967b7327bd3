package vpnlab.network.topology;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A network as plain data.
 *
 * @throws IllegalArgumentException when names or addresses clash, an interface is not on its
 *     segment, or a route's next hop is on no segment of its owner; the message names the host and
 *     the segment
 */
public record Topology(List<Segment> segments, List<Host> hosts, List<Router> routers) {
  public Topology {
    segments = List.copyOf(segments);
    hosts = List.copyOf(hosts);
    routers = List.copyOf(routers);
    Map<String, Segment> named = new HashMap<>();
    for (Segment segment : segments) {
      if (named.put(segment.name(), segment) != null) {
        throw new IllegalArgumentException("two segments are named " + segment.name());
      }
    }
    Set<String> nodes = new HashSet<>();
    Map<Ipv4Address, String> owners = new HashMap<>();
    for (Host host : hosts) {
      check(host.name(), host.interfaces(), named, nodes, owners);
      checkRoutes(host.name(), host.interfaces(), host.routes(), named);
    }
    for (Router router : routers) {
      check(router.name(), router.interfaces(), named, nodes, owners);
      checkRoutes(router.name(), router.interfaces(), router.routes(), named);
      checkTranslation(router);
    }
  }

  private static void check(
      String name,
      List<Interface> interfaces,
      Map<String, Segment> segments,
      Set<String> nodes,
      Map<Ipv4Address, String> owners) {
    if (!nodes.add(name)) {
      throw new IllegalArgumentException("two hosts or routers are named " + name);
    }
    for (Interface each : interfaces) {
      Segment segment = segments.get(each.segment());
      if (segment == null) {
        throw new IllegalArgumentException(name + " is on unknown segment " + each.segment());
      }
      if (!segment.network().contains(each.address())) {
        throw new IllegalArgumentException(
            name + "'s address " + each.address() + " is outside " + segment.network());
      }
      String owner = owners.put(each.address(), name);
      if (owner != null) {
        throw new IllegalArgumentException(
            owner + " and " + name + " both have address " + each.address());
      }
    }
  }

  private static void checkRoutes(
      String name,
      List<Interface> interfaces,
      List<StaticRoute> routes,
      Map<String, Segment> segments) {
    for (StaticRoute route : routes) {
      boolean onLink =
          interfaces.stream()
              .map(each -> segments.get(each.segment()).network())
              .anyMatch(network -> network.contains(route.nextHop()));
      if (!onLink) {
        throw new IllegalArgumentException(
            name
                + "'s route to "
                + route.network()
                + " goes by "
                + route.nextHop()
                + ", which is on no segment of it");
      }
    }
  }

  private static void checkTranslation(Router router) {
    for (SourceNat nat : router.sourceNat()) {
      if (router.interfaces().stream().noneMatch(i -> i.segment().equals(nat.segment()))) {
        throw new IllegalArgumentException(
            router.name() + " masquerades onto " + nat.segment() + ", where it has no interface");
      }
    }
  }
}
