package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The domain in the user's name does not exist. */
public final class UnknownDomain extends CauseRule {
  public UnknownDomain() {
    super("unknown-domain", Stage.AUTHENTICATION, 691, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    String user = facts.profile().userName();
    boolean namesDomain = user.contains("\\") || user.contains("@");
    return facts.radius().denial().isPresent() || namesDomain
        ? Denial.explain(
            facts, Denial.CANDIDATE, "There is no such domain as in the name " + user + ".", 7)
        : Optional.empty();
  }
}
