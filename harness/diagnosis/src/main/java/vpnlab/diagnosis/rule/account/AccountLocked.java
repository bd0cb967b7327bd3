package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The account is locked after too many wrong passwords. */
public final class AccountLocked extends CauseRule {
  public AccountLocked() {
    super("account-locked", Stage.AUTHENTICATION, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Denial.explain(facts, Denial.CANDIDATE, "The account %s is locked.", 36, 64);
  }
}
