package vpnlab.network.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.network.topology.StaticRoute;
import vpnlab.wire.ip.Ipv4Address;

/** Shortest ways over segments, computed once; among equals the first declared router wins. */
final class Routes {
  private final List<Link> links;
  private final List<RouterNode> routers;
  private final Map<Link, Map<Link, Integer>> distances = new HashMap<>();
  private final Map<Ipv4Address, List<Link>> outside = new HashMap<>();
  private Link exit;

  Routes(List<Link> links, List<RouterNode> routers) {
    this.links = links;
    this.routers = routers;
    for (Link link : links) {
      distances.put(link, distancesTo(link));
    }
  }

  /**
   * Routes one address to a segment, whether or not another has it. An address that was heard on
   * several segments is reached on the nearest, and among equals where it was heard last.
   */
  void addOutside(Ipv4Address address, Link link) {
    List<Link> heard = outside.computeIfAbsent(address, a -> new ArrayList<>());
    heard.remove(link);
    heard.add(0, link);
  }

  void removeOutside(Ipv4Address address, Link link) {
    List<Link> heard = outside.getOrDefault(address, new ArrayList<>());
    heard.remove(link);
    if (heard.isEmpty()) {
      outside.remove(address);
    }
  }

  /** Routes every address that is in no segment to this one. */
  void setExit(Link link) {
    exit = link;
  }

  /** Empty when no segment has the address and {@code node} has no router to ask. */
  Optional<Route> route(Node node, Ipv4Address destination) {
    Optional<Route> fixed = fixed(node, destination);
    if (fixed.isPresent()) {
      return fixed;
    }
    Link target = linkOf(node, destination);
    if (target == null) {
      return node instanceof RouterNode ? Optional.empty() : defaultRoute(node, destination);
    }
    for (Nic nic : node.nics()) {
      if (nic.link() == target) {
        return Optional.of(new Route(nic, destination));
      }
    }
    return nearest(node, distances.get(target));
  }

  /** What a node's routing table shows: its segments, what was entered by hand, what is implied. */
  List<String> describe(Node node) {
    List<String> lines = new ArrayList<>();
    for (Nic nic : node.nics()) {
      lines.add(nic.link().network() + " on-link " + nic.address());
    }
    for (StaticRoute route : node.staticRoutes()) {
      lines.add(route.network() + " via " + route.nextHop());
    }
    for (Link link : links) {
      boolean own = node.nics().stream().anyMatch(nic -> nic.link() == link);
      boolean entered =
          node.staticRoutes().stream().anyMatch(route -> route.network().equals(link.network()));
      if (!own && !entered) {
        nearest(node, distances.get(link))
            .filter(route -> route.equals(route(node, link.network().prefix()).orElse(null)))
            .ifPresent(route -> lines.add(link.network() + " via " + route.nextHop()));
      }
    }
    if (node instanceof HostNode
        && node.staticRoutes().stream().noneMatch(route -> route.network().length() == 0)) {
      defaultRoute(node, Ipv4Address.LIMITED_BROADCAST)
          .ifPresent(route -> lines.add("0.0.0.0/0 via " + route.nextHop()));
    }
    return lines;
  }

  /** A route entered by hand, unless a segment that the node is on has a longer prefix. */
  private static Optional<Route> fixed(Node node, Ipv4Address destination) {
    for (StaticRoute route : node.staticRoutes()) {
      if (route.network().contains(destination)) {
        boolean onLink =
            node.nics().stream()
                .map(nic -> nic.link().network())
                .anyMatch(
                    network ->
                        network.contains(destination)
                            && network.length() >= route.network().length());
        return onLink
            ? Optional.empty()
            : node.nicTowards(route.nextHop()).map(nic -> new Route(nic, route.nextHop()));
      }
    }
    return Optional.empty();
  }

  private Link linkOf(Node node, Ipv4Address address) {
    List<Link> heard = outside.get(address);
    if (heard != null) {
      return heard.stream()
          .min(Comparator.comparingInt(link -> distance(node, link)))
          .orElseThrow();
    }
    return links.stream()
        .filter(link -> link.network().contains(address))
        .max(Comparator.comparingInt(link -> link.network().length()))
        .orElse(exit);
  }

  private int distance(Node node, Link link) {
    return node.nics().stream()
        .mapToInt(nic -> distances.get(link).getOrDefault(nic.link(), Integer.MAX_VALUE))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private Optional<Route> nearest(Node node, Map<Link, Integer> distance) {
    Route best = null;
    int least = Integer.MAX_VALUE;
    for (Nic nic : node.nics()) {
      Integer here = distance.get(nic.link());
      if (here == null || here >= least) {
        continue;
      }
      for (RouterNode router : routers) {
        if (router != node && leadsCloser(router, nic.link(), here, distance)) {
          best = new Route(nic, router.addressOn(nic.link()));
          least = here;
          break;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean leadsCloser(
      RouterNode router, Link link, int here, Map<Link, Integer> distance) {
    return router.isOn(link)
        && router.nics().stream()
            .anyMatch(nic -> distance.getOrDefault(nic.link(), Integer.MAX_VALUE) < here);
  }

  private Optional<Route> defaultRoute(Node node, Ipv4Address destination) {
    for (Nic nic : node.nics()) {
      for (RouterNode router : routers) {
        if (router.isOn(nic.link()) && !destination.isAny()) {
          return Optional.of(new Route(nic, router.addressOn(nic.link())));
        }
      }
    }
    return Optional.empty();
  }

  private Map<Link, Integer> distancesTo(Link target) {
    Map<Link, Integer> result = new HashMap<>(Map.of(target, 0));
    Deque<Link> queue = new ArrayDeque<>(List.of(target));
    while (!queue.isEmpty()) {
      Link link = queue.remove();
      for (RouterNode router : routers) {
        if (router.isOn(link)) {
          for (Nic nic : router.nics()) {
            if (result.putIfAbsent(nic.link(), result.get(link) + 1) == null) {
              queue.add(nic.link());
            }
          }
        }
      }
    }
    return result;
  }
}
