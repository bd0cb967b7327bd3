package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.eap.Peap;
import vpnlab.evidence.Stage;

/** The network policy does not allow the client's authentication method. */
public final class EapMethodNotAllowed extends CauseRule {
  public EapMethodNotAllowed() {
    super("eap-method-not-allowed", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (Peap.isUsed(facts) || Peap.wasProposed(facts)) {
      return Optional.empty(); // there are rules of their own for that
    }
    return PolicyDenial.explain(
            facts,
            "The network policy does not allow the client's method (%s).",
            facts.method(),
            22,
            66)
        .map(grounds -> Peap.certificateIsUntold(facts) ? grounds.unless(Peap.TELLING) : grounds);
  }
}
