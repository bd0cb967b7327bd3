package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The password is not the account's. */
public final class WrongPassword extends CauseRule {
  public WrongPassword() {
    super("wrong-password", Stage.AUTHENTICATION, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (facts.radius().deniedCertificate()) {
      return Optional.empty(); // there was no password that could be wrong
    }
    return Denial.explain(facts, Denial.CANDIDATE, "The password of %s was refused.", 16);
  }
}
