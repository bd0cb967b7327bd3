package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/**
 * NPS insists on looking the client's certificate up in a revocation list, and the certificate
 * names none.
 */
public final class NpsCrlCheckOnShortLivedCert extends CauseRule {
  public NpsCrlCheckOnShortLivedCert() {
    super("nps-crl-check-on-short-lived-cert", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Revocations.explain(
        facts,
        "NPS checks revocation, but %s names no revocation list.",
        one -> !one.namesRevocationList(),
        258);
  }
}
