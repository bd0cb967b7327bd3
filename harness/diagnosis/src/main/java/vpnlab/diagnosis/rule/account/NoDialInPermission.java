package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The account's dial-in permission is Deny. */
public final class NoDialInPermission extends CauseRule {
  public NoDialInPermission() {
    super("no-dial-in-permission", Stage.AUTHORIZATION, 649, 691);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Denial.explain(facts, 649, "%s has no permission to dial in.", 65);
  }
}
