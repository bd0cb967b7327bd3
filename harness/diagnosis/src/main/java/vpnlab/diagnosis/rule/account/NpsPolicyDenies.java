package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** A network policy matches and denies access. */
public final class NpsPolicyDenies extends CauseRule {
  public NpsPolicyDenies() {
    super("nps-policy-denies", Stage.AUTHORIZATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return PolicyDenial.explain(
        facts,
        "A network policy that matches %s denies access.",
        facts.profile().userName(),
        65,
        71);
  }
}
