package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** RRAS hands out addresses of another network than the one that the intranet routes to it. */
public final class AddressPoolUnrouted extends DataPathRule {
  public AddressPoolUnrouted() {
    super("address-pool-unrouted");
  }

  /** There is a route back; it is the address that is wrong. */
  @Override
  public Set<String> supersedes() {
    return Set.of("no-return-route");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    EspPassage passage = EspPassage.of(facts);
    if (!passage.isServerSeen()) {
      return passage.isSilentForClient()
          ? Optional.of(
              Grounds.possible(
                      "ESP leaves the client and none comes back: its address may be of a network"
                          + " that nobody routes to the VPN server.")
                  .cite(passage.atClient()))
          : Optional.empty();
    }
    Optional<Grounds> lost = NoReturnRoute.lostAnswers(facts);
    if (DhcpFailure.isAutomatic(facts) || lost.isEmpty()) {
      return Optional.empty();
    }
    String address = facts.tunnelAddress().orElse("");
    List<ReturnPath.Entry> routes = ReturnPath.byWayOfServer(facts);
    if (routes.isEmpty() && lost.get().confidence() == Confidence.POSSIBLE) {
      return Optional.of(
          Grounds.certain(
                  "The client's address %s is not of the network that the intranet routes to the VPN server."
                      .formatted(address))
              .unless(ReturnPath.SHOWN)
              .cite(lost.get().citations()));
    }
    if (routes.isEmpty() || ReturnPath.covers(routes, address)) {
      return Optional.empty();
    }
    Grounds grounds =
        Grounds.certain(
                "The client's address %s is not of %s, the network that the intranet routes to the"
                        .formatted(address, routes.get(0).route().network())
                    + " VPN server.")
            .cite(Cite.host(routes.get(0).owner(), "route " + routes.get(0).route().line()));
    return Optional.of(
        facts
            .events()
            .last(facts.vpnServer(), EventLog.REMOTE_ACCESS, 20274)
            .map(event -> grounds.cite(Cite.field(event, "Address")))
            .orElse(grounds));
  }
}
