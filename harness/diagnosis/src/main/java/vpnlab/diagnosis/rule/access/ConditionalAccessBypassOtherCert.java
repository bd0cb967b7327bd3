package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.OwnCertificate;
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
    Optional<OwnCertificate> unused = cloud.valid();
    boolean unknown = !cloud.storeIsKnown();
    if (unused.isEmpty() && !cloud.filterIsRight() && !unknown) {
      return Optional.empty(); // the profile's own fault
    }
    Grounds grounds =
        Grounds.certain(
                unused
                    .map(one -> "The cloud's certificate was there, but another one was used.")
                    .orElse(
                        cloud.filterIsRight()
                            ? "A certificate with the cloud's purpose, but not of the cloud, was used."
                            : "The cloud's certificate was there, but another one was used."))
            .cite(cloud.citeKeyUsed())
            .cite(cloud.used().or(() -> unused).map(cloud::cite).stream().toList())
            .cite(unused.map(cloud::cite).stream().toList())
            .cite(cloud.citeFilter())
            .cite(cloud.citeRefusal());
    return Optional.of(
        unknown && !cloud.filterIsRight() ? grounds.unless(CloudAccess.STORE) : grounds);
  }
}
