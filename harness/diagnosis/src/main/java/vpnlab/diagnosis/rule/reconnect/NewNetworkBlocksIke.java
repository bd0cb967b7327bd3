package vpnlab.diagnosis.rule.reconnect;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client is in another network, from which IKE does not get to the server and back. */
public final class NewNetworkBlocksIke extends CauseRule {
  public NewNetworkBlocksIke() {
    super("new-network-blocks-ike", Stage.DATA_PATH, 829);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (NetworkChange.mobility(facts).equals("No")) {
      return Optional.empty();
    }
    return NetworkChange.of(facts)
        .flatMap(
            change ->
                change.updates().isEmpty()
                    ? withoutWay(facts, change)
                    : change.answered(facts) ? Optional.empty() : explain(facts, change));
  }

  private static Optional<Grounds> withoutWay(Facts facts, NetworkChange change) {
    return change
        .noWay(facts)
        .map(
            citation ->
                Grounds.certain("The client's new network has no way to the server.")
                    .cite(change.citations())
                    .cite(citation));
  }

  private static Optional<Grounds> explain(Facts facts, NetworkChange change) {
    if (!facts.administrator()) {
      boolean tooShort =
          change.outage().orElseThrow().compareTo(MobikeOutageExceeded.LEAST_OUTAGE_TIME) < 0;
      String summary = "What the client sends from its new network gets no answer";
      return Optional.of(
          (tooShort
                  ? Grounds.certain(summary + ", and no server gives up so soon.")
                  : Grounds.possible(summary + "."))
              .cite(change.citations()));
    }
    if (change.arrived(facts).isEmpty()) {
      return Optional.of(
          Grounds.certain("Nothing that the client sent from its new network reached the server.")
              .cite(change.citations())
              .cite(
                  Cite.capture(
                      facts.vpnServer(), "no INFORMATIONAL request from the new network")));
    }
    return change.answersSent(facts).stream()
        .findFirst()
        .map(
            answer ->
                Grounds.certain(
                        "The server answers the client in its new network, and no answer gets there.")
                    .cite(change.citations())
                    .cite(Cite.packet(answer, "the answer left the server")));
  }
}
