package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** No connection request policy matches, so that NPS does not even look who asks. */
public final class NpsNoRequestPolicy extends CauseRule {
  public NpsNoRequestPolicy() {
    super("nps-no-request-policy", Stage.AUTHORIZATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return PolicyDenial.decided(
            facts, "No connection request policy of NPS matches the request.", 49)
        .map(
            grounds ->
                grounds.cite(Cite.field(facts.radius().denial().orElseThrow(), "ClientIPAddress")));
  }
}
