package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The account is disabled. */
public final class AccountDisabled extends CauseRule {
  public AccountDisabled() {
    super("account-disabled", Stage.AUTHENTICATION, 647, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Denial.explain(facts, 647, "The account %s is disabled.", 34);
  }
}
