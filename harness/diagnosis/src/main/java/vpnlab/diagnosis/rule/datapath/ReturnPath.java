package vpnlab.diagnosis.rule.datapath;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RoutingTable;
import vpnlab.diagnosis.facts.RoutingTable.Kind;
import vpnlab.diagnosis.facts.RoutingTable.Route;
import vpnlab.evidence.HostFacts;

/** Routes to VPN clients that hosts and routers of the intranet have. */
final class ReturnPath {
  /** A route by way of the VPN server, and who has it. */
  record Entry(HostFacts owner, Route route) {}

  /** For people: what tells why answers to a client are lost. */
  static final String SHOWN = "the addresses and routes of the intranet's hosts and routers";

  private ReturnPath() {}

  /** Every route that leads to an address of the VPN server's as a router. */
  static List<Entry> byWayOfServer(Facts facts) {
    Optional<HostFacts> server = facts.host(facts.vpnServer());
    List<Entry> entries = new ArrayList<>();
    for (HostFacts owner : facts.hosts()) {
      if (owner.host().equals(facts.client()) || owner.host().equals(facts.vpnServer())) {
        continue;
      }
      RoutingTable.of(owner).routes().stream()
          .filter(route -> route.kind() == Kind.VIA)
          .filter(
              route -> server.map(host -> host.addresses().contains(route.towards())).orElse(false))
          .forEach(route -> entries.add(new Entry(owner, route)));
    }
    return entries;
  }

  /**
   * Whether the evidence shows the routes of everybody on the way from a host to this address, as
   * far as the way leads to routers.
   */
  static boolean isKnown(Facts facts, Optional<HostFacts> from, String address) {
    Set<String> passed = new HashSet<>();
    Optional<HostFacts> at = from.filter(host -> !host.routes().isEmpty());
    while (at.isPresent()) {
      Optional<Route> next = RoutingTable.of(at.get()).towards(address);
      if (next.isEmpty() || next.get().kind() == Kind.TUNNEL || !passed.add(at.get().host())) {
        return true;
      }
      at =
          next.filter(route -> route.kind() == Kind.VIA)
              .flatMap(route -> owner(facts, route.towards()))
              .filter(host -> !host.routes().isEmpty());
    }
    return false;
  }

  /** Who has that address. */
  static Optional<HostFacts> owner(Facts facts, String address) {
    return facts.hosts().stream().filter(host -> host.addresses().contains(address)).findFirst();
  }

  /** Whether one of them is for this address. */
  static boolean covers(List<Entry> entries, String address) {
    return RoutingTable.address(address)
        .map(client -> entries.stream().anyMatch(each -> each.route().network().contains(client)))
        .orElse(false);
  }
}
