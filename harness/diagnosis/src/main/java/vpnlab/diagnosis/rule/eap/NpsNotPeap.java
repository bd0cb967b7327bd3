package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.account.PolicyDenial;
import vpnlab.evidence.Stage;

/** The profile authenticates by PEAP, which the network policy does not allow. */
public final class NpsNotPeap extends CauseRule {
  public NpsNotPeap() {
    super("nps-not-peap", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!Peap.isUsed(facts) || Peap.wasProposed(facts) || Peap.hasBegun(facts)) {
      return Optional.empty();
    }
    return PolicyDenial.explain(
            facts,
            "The profile authenticates by PEAP (%s), which the network policy does not allow.",
            facts.method(),
            22,
            66)
        .map(
            grounds ->
                (Peap.certificateIsUntold(facts) ? grounds.unless(Peap.TELLING) : grounds)
                    .cite(
                        facts.radius().denial().map(event -> Cite.field(event, "EAPType")).stream()
                            .toList()));
  }
}
