package vpnlab.diagnosis.rule.radius;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** RRAS is not among the RADIUS clients of NPS. */
public final class NpsRadiusClientUnknown extends CauseRule {
  public NpsRadiusClientUnknown() {
    super("nps-radius-client-unknown", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    List<Citation> silence = facts.radius().citeSilence();
    if (silence.isEmpty()) {
      return Optional.empty();
    }
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible("The server waited for NPS in vain: NPS may not know it.")
              .cite(silence));
    }
    return facts
        .events()
        .last(
            facts.policyServer(),
            EventLog.NPS,
            13,
            event -> facts.radius().isVpnServer(event.data("ClientAddress")))
        .map(
            event ->
                Grounds.certain(
                        "NPS drops the requests of %s, which is none of its RADIUS clients."
                            .formatted(event.data("ClientAddress")))
                    .cite(Cite.field(event, "ClientAddress"))
                    .cite(silence));
  }
}
