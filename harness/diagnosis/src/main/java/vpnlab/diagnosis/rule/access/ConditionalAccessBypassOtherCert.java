package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/**
 * Another certificate than the cloud's proved the user, and no setting of the profile explains it.
 */
public final class ConditionalAccessBypassOtherCert extends CauseRule {
  public ConditionalAccessBypassOtherCert() {
    super("conditional-access-bypass-other-cert", Stage.AUTHORIZATION, CONNECTED);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    CloudAccess cloud = facts.cloud();
    if (!cloud.demanded() || !cloud.usedAnother()) {
      return Optional.empty();
    }
    Optional<CertificateView> unused = cloud.valid();
    if (unused.isEmpty() && !cloud.filterIsRight()) {
      return Optional.empty(); // the profile's own fault
    }
    return Optional.of(
        Grounds.certain(
                unused
                    .map(one -> "The cloud's certificate was there, but another one was used.")
                    .orElse(
                        "A certificate with the cloud's purpose, but not of the cloud, was used."))
            .cite(cloud.citeKeyUsed())
            .cite(cloud.used().or(() -> unused).map(cloud::cite).stream().toList())
            .cite(unused.map(cloud::cite).stream().toList())
            .cite(cloud.citeFilter())
            .cite(cloud.citeRefusal()));
  }
}
