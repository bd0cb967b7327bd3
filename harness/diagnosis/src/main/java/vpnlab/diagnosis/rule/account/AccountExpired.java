package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The account's last day is over. */
public final class AccountExpired extends CauseRule {
  public AccountExpired() {
    super("account-expired", Stage.AUTHENTICATION, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Denial.explain(facts, Denial.CANDIDATE, "The account %s has expired.", 35);
  }
}
