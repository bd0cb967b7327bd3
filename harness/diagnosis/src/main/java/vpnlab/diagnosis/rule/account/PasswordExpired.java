package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The password has expired or must be changed. */
public final class PasswordExpired extends CauseRule {
  public PasswordExpired() {
    super("password-expired", Stage.AUTHENTICATION, 648, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Denial.explain(facts, 648, "The password of %s has expired.", 33, 72);
  }
}
