package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** No network policy matches. */
public final class NpsNoMatchingPolicy extends CauseRule {
  public NpsNoMatchingPolicy() {
    super("nps-no-matching-policy", Stage.AUTHORIZATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return PolicyDenial.explain(
        facts, "No network policy of NPS matches %s's request.", facts.profile().userName(), 48);
  }
}
