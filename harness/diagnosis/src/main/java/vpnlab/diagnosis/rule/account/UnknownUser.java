package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The directory has no such account. */
public final class UnknownUser extends CauseRule {
  public UnknownUser() {
    super("unknown-user", Stage.AUTHENTICATION, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Denial.explain(facts, Denial.CANDIDATE, "The directory has no account %s.", 8);
  }
}
