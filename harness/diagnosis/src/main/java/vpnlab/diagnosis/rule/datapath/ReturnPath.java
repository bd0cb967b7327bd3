package vpnlab.diagnosis.rule.datapath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RoutingTable;
import vpnlab.diagnosis.facts.RoutingTable.Kind;
import vpnlab.diagnosis.facts.RoutingTable.Route;
import vpnlab.evidence.HostFacts;

/** Routes to VPN clients that hosts and routers of the intranet have. */
final class ReturnPath {
  /** A route by way of the VPN server, and who has it. */
  record Entry(HostFacts owner, Route route) {}

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

  /** Whether one of them is for this address. */
  static boolean covers(List<Entry> entries, String address) {
    return RoutingTable.address(address)
        .map(client -> entries.stream().anyMatch(each -> each.route().network().contains(client)))
        .orElse(false);
  }
}
