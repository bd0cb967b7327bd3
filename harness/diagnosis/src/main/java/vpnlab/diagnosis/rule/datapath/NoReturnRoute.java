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
    return DhcpFailure.isAutomatic(facts) ? Optional.empty() : lostAnswers(facts);
  }

  /** Answers to the client that the intranet could not deliver to the VPN server. */
  static Optional<Grounds> lostAnswers(Facts facts) {
    String client = facts.tunnelAddress().orElse("");
    Optional<IpPacket> reported = report(facts, client);
    if (reported.isPresent()) {
      String reporter = reported.get().source();
      Grounds grounds =
          Grounds.certain(reporter + " has no route to the client " + client + ".")
              .cite(Cite.packet(reported.get(), "ICMP unreachable about " + client));
      boolean known = ReturnPath.isKnown(facts, ReturnPath.owner(facts, reporter), client);
      return Optional.of(known ? grounds : grounds.unless(ReturnPath.SHOWN));
    }
    return answersThatGotLost(facts, client);
  }

  /** A router, or a host, says that it has no way to the client. */
  static Optional<IpPacket> report(Facts facts, String client) {
    return facts.tunnel().unreachableReports(client).stream()
        .filter(packet -> !packet.captured().host().equals(facts.client()))
        .findFirst();
  }

  /** An intranet host has answered, and the VPN server never saw that. */
  static Optional<Grounds> answersThatGotLost(Facts facts, String client) {
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
    Grounds grounds =
        Grounds.certain(
                "Answers to the client "
                    + client
                    + " leave the intranet's hosts and do not come to the VPN server.")
            .cite(Cite.packet(answers.get(0), "destination = " + client))
            .cite(Cite.capture(facts.vpnServer(), "no packet for " + client + " received"));
    boolean known = ReturnPath.isKnown(facts, facts.host(answers.get(0).captured().host()), client);
    return Optional.of(known ? grounds : grounds.unless(ReturnPath.SHOWN));
  }
}
