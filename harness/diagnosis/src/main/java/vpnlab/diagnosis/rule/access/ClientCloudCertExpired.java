package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The certificate that the cloud issued has expired, and no new one came. */
public final class ClientCloudCertExpired extends CauseRule {
  public ClientCloudCertExpired() {
    super("client-cloud-cert-expired", Stage.AUTHENTICATION, 798);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    CloudAccess cloud = facts.cloud();
    if (facts.attempt().error().isEmpty()) {
      return Optional.empty(); // another certificate may have done
    }
    Optional<CertificateView> expired =
        cloud.issuedByCloud().stream()
            .filter(one -> cloud.now().isAfter(one.notAfter()))
            .findFirst();
    if (cloud.filterIsRight() && !cloud.storeIsKnown()) {
      return Optional.of(
          Grounds.certain("The cloud's certificate has expired, and no new one was issued.")
              .unless(CloudAccess.STORE)
              .cite(cloud.citeFilter())
              .cite(cloud.citeFailure()));
    }
    if (!cloud.filterIsRight() || expired.isEmpty() || cloud.valid().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(
                "The cloud's certificate %s expired on %s, and no new one was issued."
                    .formatted(expired.get().title(), expired.get().notAfter()))
            .cite(cloud.cite(expired.get()), cloud.citeFilter())
            .cite(facts.clock().citations())
            .cite(cloud.citeFailure()));
  }
}
