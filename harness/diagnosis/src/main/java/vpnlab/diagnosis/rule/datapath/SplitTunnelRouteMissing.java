package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RoutingTable;
import vpnlab.diagnosis.facts.RoutingTable.Kind;
import vpnlab.diagnosis.facts.RoutingTable.Route;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/** The profile sends only some networks into the tunnel, and the one that is wanted is missing. */
public final class SplitTunnelRouteMissing extends DataPathRule {
  /** RFC 1918: what lies in them cannot be reached but through the tunnel. */
  private static final List<Ipv4Network> PRIVATE =
      List.of(
          Ipv4Network.parse("10.0.0.0/8"),
          Ipv4Network.parse("172.16.0.0/12"),
          Ipv4Network.parse("192.168.0.0/16"));

  public SplitTunnelRouteMissing() {
    super("split-tunnel-route-missing");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<HostFacts> client = facts.host(facts.client());
    if (client.isEmpty()) {
      return Optional.empty();
    }
    RoutingTable table = RoutingTable.of(client.get());
    for (ProbeResult probe : facts.failedProbes()) {
      Optional<Ipv4Address> target = RoutingTable.address(probe.target());
      Optional<Route> route = table.towards(probe.target());
      boolean strays =
          target.isPresent()
              && PRIVATE.stream().anyMatch(network -> network.contains(target.get()))
              && route.map(each -> each.kind() == Kind.VIA).orElse(true);
      if (strays && !table.routes().isEmpty()) {
        return Optional.of(
            Grounds.certain(
                    "Packets to %s do not go into the tunnel: no route of the connection is for it."
                        .formatted(probe.target()))
                .cite(
                    Cite.host(
                        client.get(),
                        route.map(each -> "route " + each.line()).orElse("no route"))));
      }
    }
    return Optional.empty();
  }
}
