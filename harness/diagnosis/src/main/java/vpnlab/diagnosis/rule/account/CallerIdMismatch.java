package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The account may come from one station only, and the user comes from another. */
public final class CallerIdMismatch extends CauseRule {
  public CallerIdMismatch() {
    super("caller-id-mismatch", Stage.AUTHORIZATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return PolicyDenial.decided(
            facts,
            "The user comes from another station than the caller ID of the account allows.",
            67)
        .map(
            grounds ->
                grounds.cite(
                    Cite.field(facts.radius().denial().orElseThrow(), "CallingStationID")));
  }
}
