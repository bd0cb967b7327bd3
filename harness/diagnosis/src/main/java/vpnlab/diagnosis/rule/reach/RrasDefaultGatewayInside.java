package vpnlab.diagnosis.rule.reach;

import static vpnlab.diagnosis.facts.Passage.Fate.ANSWER_LOST;
import static vpnlab.diagnosis.facts.Passage.Fate.SILENCE;

import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Datagram;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Passage;
import vpnlab.diagnosis.facts.RoutingTable;
import vpnlab.diagnosis.facts.RoutingTable.Kind;
import vpnlab.diagnosis.facts.RoutingTable.Route;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.Stage;

/** The VPN server is asked on one interface and answers by another, where its answers are lost. */
public final class RrasDefaultGatewayInside extends CauseRule {
  public RrasDefaultGatewayInside() {
    super("rras-default-gateway-inside", Stage.REACHABILITY, 809);
  }

  /** What these would say is its consequence. */
  @Override
  public Set<String> supersedes() {
    return Set.of("udp-500-blocked-perimeter", "server-unreachable");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Passage passage = facts.initPassage();
    if (passage.is(SILENCE)) {
      return Optional.of(
          Grounds.possible("No packet came back: the server may answer by the wrong adapter.")
              .cite(passage.citations()));
    }
    if (passage.is(ANSWER_LOST) && !new Addressing(facts).serverRoutesAreKnown()) {
      return Optional.of(
          Grounds.certain("The server answers by the wrong adapter, where its answers are lost.")
              .unless(Addressing.SERVER_ROUTES)
              .cite(passage.citations()));
    }
    Optional<HostFacts> server = facts.host(facts.vpnServer());
    if (!passage.is(ANSWER_LOST) || server.isEmpty()) {
      return Optional.empty();
    }
    RoutingTable table = RoutingTable.of(server.get());
    for (Datagram request : facts.capture().datagrams()) {
      boolean asked =
          request.parts().get(0).captured().host().equals(facts.vpnServer())
              && request.parts().get(0).captured().direction() == Direction.RECEIVED
              && request.destinationPort() == facts.ike().ikePort();
      Optional<Route> back = asked ? table.towards(request.source()) : Optional.empty();
      Optional<String> leaves = back.flatMap(route -> ownAddress(table, route));
      if (leaves.isPresent() && !leaves.get().equals(request.destination())) {
        return Optional.of(
            Grounds.certain(
                    "The server is asked at %s and answers %s by its interface %s."
                        .formatted(request.destination(), request.source(), leaves.get()))
                .cite(Cite.host(server.get(), "route " + back.get().line()))
                .cite(Cite.packet(request, "destination = " + request.destination()))
                .cite(passage.citations()));
      }
    }
    return Optional.empty();
  }

  /** The server's address on the interface that a route leads out of. */
  private static Optional<String> ownAddress(RoutingTable table, Route route) {
    return switch (route.kind()) {
      case ON_LINK -> Optional.of(route.towards());
      case VIA ->
          table
              .towards(route.towards())
              .filter(near -> near.kind() == Kind.ON_LINK)
              .map(Route::towards);
      case TUNNEL -> Optional.empty();
    };
  }
}
