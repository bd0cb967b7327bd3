package vpnlab.diagnosis.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import vpnlab.evidence.HostFacts;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/**
 * A host's or router's routes, as {@link HostFacts#routes} has them; other lines are passed over.
 */
public record RoutingTable(List<Route> routes) {
  /** Where a route leads. */
  public enum Kind {
    /** To the segment of an interface. */
    ON_LINK,
    /** To a router. */
    VIA,
    /** Into a tunnel. */
    TUNNEL
  }

  /**
   * A route.
   *
   * @param towards the interface's own address, the router's, or the tunnel's name
   */
  public record Route(Ipv4Network network, Kind kind, String towards, String line) {}

  public RoutingTable {
    routes = List.copyOf(routes);
  }

  public static RoutingTable of(HostFacts host) {
    List<Route> routes = new ArrayList<>();
    for (String line : host.routes()) {
      parse(line).ifPresent(routes::add);
    }
    return new RoutingTable(routes);
  }

  private static Optional<Route> parse(String line) {
    String[] words = line.strip().split(" +", 3);
    if (words.length != 3) {
      return Optional.empty();
    }
    Optional<Kind> kind =
        switch (words[1]) {
          case "on-link" -> Optional.of(Kind.ON_LINK);
          case "via" -> Optional.of(Kind.VIA);
          case "tunnel" -> Optional.of(Kind.TUNNEL);
          default -> Optional.empty();
        };
    try {
      Ipv4Network network = Ipv4Network.parse(words[0]);
      return kind.map(each -> new Route(network, each, words[2], line));
    } catch (IllegalArgumentException notANetwork) {
      return Optional.empty();
    }
  }

  /** The route that a packet to {@code address} takes: the longest prefix, of equals the first. */
  public Optional<Route> towards(String address) {
    Optional<Ipv4Address> parsed = address(address);
    return routes.stream()
        .filter(route -> parsed.map(route.network()::contains).orElse(false))
        .max(
            Comparator.comparingInt((Route route) -> route.network().length())
                .thenComparingInt(route -> -routes.indexOf(route)));
  }

  /** Empty when the text is no IPv4 address. */
  public static Optional<Ipv4Address> address(String text) {
    try {
      return Optional.of(Ipv4Address.parse(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
