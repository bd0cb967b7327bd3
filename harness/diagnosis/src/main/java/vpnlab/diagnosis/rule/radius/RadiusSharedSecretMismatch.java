package vpnlab.diagnosis.rule.radius;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RadiusDialogue;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** RRAS and NPS hold different shared secrets. */
public final class RadiusSharedSecretMismatch extends CauseRule {
  public RadiusSharedSecretMismatch() {
    super("radius-shared-secret-mismatch", Stage.AUTHENTICATION, 812);
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
          Grounds.possible("The server waited for NPS in vain: their secrets may differ.")
              .cite(silence));
    }
    Optional<Citation> proof =
        facts
            .events()
            .last(
                facts.policyServer(),
                EventLog.NPS,
                18,
                event -> radius.isVpnServer(event.data("ClientAddress")))
            .map(
                event ->
                    Cite.event(
                        event,
                        "ClientAddress = %s: wrong Message-Authenticator"
                            .formatted(event.data("ClientAddress"))))
            .or(
                () ->
                    radius.answersArrived().stream()
                        .findFirst()
                        .map(answer -> Cite.packet(answer, "an answer that RRAS did not accept")));
    return proof.map(
        evidence ->
            Grounds.certain("RRAS and NPS do not share one secret.").cite(evidence).cite(silence));
  }
}
