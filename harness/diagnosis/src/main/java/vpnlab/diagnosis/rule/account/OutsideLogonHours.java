package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The account may not log on at this hour. */
public final class OutsideLogonHours extends CauseRule {
  public OutsideLogonHours() {
    super("outside-logon-hours", Stage.AUTHENTICATION, 646, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Denial.explain(facts, 646, "%s may not log on at this hour.", 37);
  }
}
