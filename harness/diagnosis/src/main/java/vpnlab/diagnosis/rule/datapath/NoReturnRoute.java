package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IpPacket;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.CapturedPacket.Direction;

/** The intranet gets what clients send, and does not know the way back to their addresses. */
public final class NoReturnRoute extends DataPathRule {
  public NoReturnRoute() {
    super("no-return-route");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    EspPassage passage = EspPassage.of(facts);
    if (!passage.isServerSeen()) {
      return passage.isSilentForClient()
          ? Optional.of(
              Grounds.possible(
                      "ESP leaves the client and none comes back: the intranet may lack a route to"
                          + " the clients.")
                  .cite(passage.atClient()))
          : Optional.empty();
    }
    String client = facts.tunnelAddress().orElse("");
    Optional<IpPacket> reported =
        facts.tunnel().unreachableReports(client).stream()
            .filter(packet -> !packet.captured().host().equals(facts.client()))
            .findFirst();
    if (reported.isPresent()) {
      return Optional.of(
          Grounds.certain(reported.get().source() + " has no route to the client " + client + ".")
              .cite(Cite.packet(reported.get(), "ICMP unreachable about " + client)));
    }
    return answersThatGotLost(facts, client);
  }

  /** An intranet host has answered, and the VPN server never saw that. */
  private static Optional<Grounds> answersThatGotLost(Facts facts, String client) {
    Set<String> others =
        facts.capture().packets().stream()
            .map(packet -> packet.captured().host())
            .filter(host -> !host.equals(facts.client()) && !host.equals(facts.vpnServer()))
            .collect(Collectors.toSet());
    boolean arrived = !facts.tunnel().to(facts.vpnServer(), Direction.RECEIVED, client).isEmpty();
    List<IpPacket> answers =
        others.stream()
            .sorted()
            .flatMap(host -> facts.tunnel().to(host, Direction.SENT, client).stream())
            .toList();
    if (arrived || answers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(
                "Answers to the client "
                    + client
                    + " leave the intranet's hosts and do not come to the VPN server.")
            .cite(Cite.packet(answers.get(0), "destination = " + client))
            .cite(Cite.capture(facts.vpnServer(), "no packet for " + client + " received")));
  }
}
