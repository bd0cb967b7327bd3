package vpnlab.network.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/**
 * What a host's own routing table says beyond its interfaces' segments and its router: routes into
 * tunnels, and routes that keep clear of them. The longest prefix wins; of equals the latest.
 */
final class HostRoutes {
  /**
   * Where a route leads.
   *
   * @param tunnel empty for the segments, as if there were no tunnels
   */
  record Way(Optional<TunnelInterface> tunnel) {
    static final Way PHYSICAL = new Way(Optional.empty());
  }

  private final Map<Ipv4Network, List<Way>> table = new LinkedHashMap<>();

  void add(Ipv4Network network, Way way) {
    table.computeIfAbsent(network, key -> new ArrayList<>()).add(0, way);
  }

  void remove(Ipv4Network network, Way way) {
    List<Way> ways = table.getOrDefault(network, new ArrayList<>());
    ways.remove(way);
    if (ways.isEmpty()) {
      table.remove(network);
    }
  }

  void removeAll(TunnelInterface tunnel) {
    table.values().forEach(ways -> ways.remove(new Way(Optional.of(tunnel))));
    table.values().removeIf(List::isEmpty);
  }

  /** The routes into tunnels, the longest prefix first. */
  List<String> describe() {
    return table.entrySet().stream()
        .filter(entry -> entry.getValue().get(0).tunnel().isPresent())
        .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
        .map(entry -> entry.getKey() + " tunnel " + entry.getValue().get(0).tunnel().get().name())
        .toList();
  }

  /**
   * The tunnel that {@code destination} goes into.
   *
   * @param onLink length of the prefix of the segment that has the destination and the host is on;
   *     -1 for none
   */
  Optional<TunnelInterface> tunnelFor(Ipv4Address destination, int onLink) {
    int longest = onLink - 1;
    Way best = Way.PHYSICAL;
    for (Map.Entry<Ipv4Network, List<Way>> entry : table.entrySet()) {
      Ipv4Network network = entry.getKey();
      if (network.length() > longest && network.contains(destination)) {
        longest = network.length();
        best = entry.getValue().get(0);
      }
    }
    return best.tunnel();
  }
}
