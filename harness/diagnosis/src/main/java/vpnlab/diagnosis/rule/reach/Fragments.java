package vpnlab.diagnosis.rule.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Datagram;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IncompleteDatagram;
import vpnlab.diagnosis.facts.Passage.Fate;
import vpnlab.diagnosis.facts.SeenIkeMessage;
import vpnlab.evidence.HostFacts;

/** What became of IKE messages that did not fit into one IP packet. */
record Fragments(Facts facts) {

  /** Whether fragments, not ports, explain why port 4500 stays silent. */
  static boolean suspected(Facts facts) {
    return !new Fragments(facts).cite().isEmpty();
  }

  /** The evidence that fragments are lost on the way; empty when there is none. */
  List<Citation> cite() {
    if (!facts.initPassage().is(Fate.ANSWERED)) {
      return List.of();
    }
    List<Citation> citations = new ArrayList<>();
    facts
        .ike()
        .serverAddress()
        .ifPresent(server -> piecesAtClient(server).ifPresent(citations::add));
    if (facts.administrator()) {
      piecesAtServer().ifPresent(citations::add);
      if (facts.authPassage().is(Fate.ANSWER_LOST)) {
        allInFragments(facts.ike().answersSentBy(facts.vpnServer(), false), "answer")
            .ifPresent(citations::add);
      }
    }
    if (facts.authPassage().is(Fate.SILENCE, Fate.LOST_BEFORE_SERVER)) {
      allInFragments(facts.ike().laterRequests(), "request").ifPresent(citations::add);
    }
    return citations;
  }

  private Optional<Citation> piecesAtClient(String server) {
    return pieces(facts.client(), Set.of(server), true);
  }

  /** At the server anything counts that does not come from its own neighbours. */
  private Optional<Citation> piecesAtServer() {
    Set<String> neighbours =
        facts.hosts().stream()
            .filter(host -> !host.host().equals(facts.client()))
            .map(HostFacts::addresses)
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    return pieces(facts.vpnServer(), neighbours, false);
  }

  private Optional<Citation> pieces(String host, Set<String> sources, boolean wanted) {
    boolean fragmentsPass =
        facts.capture().datagrams().stream()
            .filter(datagram -> datagram.host().equals(host) && datagram.received())
            .filter(datagram -> sources.contains(datagram.source()) == wanted)
            .anyMatch(Datagram::fragmented);
    return facts.capture().incompleteDatagrams().stream()
        .filter(pieces -> !fragmentsPass && pieces.host().equals(host) && pieces.received())
        .filter(pieces -> sources.contains(pieces.source()) == wanted)
        .findFirst()
        .map(Fragments::cite);
  }

  private static Citation cite(IncompleteDatagram pieces) {
    return Cite.packet(
        pieces.parts().get(0),
        "%d fragment(s) of a UDP datagram from %s, %d octets, the rest never arrived"
            .formatted(pieces.parts().size(), pieces.source(), pieces.size()));
  }

  private static Optional<Citation> allInFragments(List<SeenIkeMessage> messages, String what) {
    return !messages.isEmpty() && messages.stream().allMatch(m -> m.datagram().fragmented())
        ? Optional.of(
            Cite.packet(
                messages.get(0),
                "the %s left in %d fragments and was lost"
                    .formatted(what, messages.get(0).datagram().parts().size())))
        : Optional.empty();
  }
}
