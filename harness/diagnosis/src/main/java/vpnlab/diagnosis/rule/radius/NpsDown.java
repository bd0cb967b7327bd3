package vpnlab.diagnosis.rule.radius;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RadiusDialogue;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The Network Policy Server does not run. */
public final class NpsDown extends CauseRule {
  public NpsDown() {
    super("nps-down", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    RadiusDialogue radius = facts.radius();
    List<Citation> silence = radius.citeSilence();
    if (silence.isEmpty()) {
      return Optional.empty();
    }
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible("The server waited for NPS in vain: NPS may be down.").cite(silence));
    }
    Optional<Citation> stopped =
        facts
            .serviceStopped(facts.policyServer(), "IAS")
            .or(
                () ->
                    radius.nobodyListens().map(icmp -> Cite.packet(icmp.packet(), icmp.describe())))
            .or(() -> hostGone(facts));
    return stopped.map(
        evidence ->
            Grounds.certain("RRAS asks NPS, where no service answers.")
                .cite(evidence)
                .cite(silence));
  }

  /** Requests leave, none arrives, and not even the host's own tools show anything. */
  private static Optional<Citation> hostGone(Facts facts) {
    RadiusDialogue radius = facts.radius();
    boolean gone =
        facts.host(facts.policyServer()).isEmpty()
            && !radius.requestsSent().isEmpty()
            && radius.requestsArrived().isEmpty();
    return gone
        ? Optional.of(Cite.packet(radius.requestsSent().get(0), "Access-Request without answer"))
        : Optional.empty();
  }
}
