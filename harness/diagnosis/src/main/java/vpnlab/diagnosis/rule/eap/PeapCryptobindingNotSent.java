package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.account.PolicyDenial;
import vpnlab.evidence.Stage;

/** NPS disconnects clients without cryptobinding, and the client has sent none. */
public final class PeapCryptobindingNotSent extends CauseRule {
  public PeapCryptobindingNotSent() {
    super("peap-cryptobinding-not-sent", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    boolean possible = facts.radius().denial().isPresent() || !Peap.hasNotBegun(facts);
    return Peap.isUsed(facts) && possible
        ? PolicyDenial.explain(
            facts,
            "NPS disconnects clients without cryptobinding, and %s has sent none.",
            facts.client(),
            302)
        : Optional.empty();
  }
}
