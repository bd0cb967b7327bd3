package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The profile's filter demands the cloud's certificate, and the user has only others. */
public final class ClientCloudCertMissing extends CauseRule {
  public ClientCloudCertMissing() {
    super("client-cloud-cert-missing", Stage.AUTHENTICATION, 798);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    CloudAccess cloud = facts.cloud();
    if (facts.attempt().error().isEmpty()) {
      return Optional.empty(); // another certificate may have done
    }
    if (!cloud.filterIsRight() || !cloud.issuedByCloud().isEmpty()) {
      return Optional.empty();
    }
    if (!cloud.storeIsKnown()) {
      return Optional.of(
          Grounds.certain("CurrentUser\\My has no certificate of the cloud's.")
              .unless(CloudAccess.STORE)
              .cite(cloud.citeFilter())
              .cite(cloud.citeFailure()));
    }
    if (cloud.refusal().isPresent() && cloud.others().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(
                "CurrentUser\\My has no certificate of the cloud's; the profile's filter turned %d"
                        .formatted(cloud.others().size())
                    + " other valid ones away, as it should.")
            .cite(cloud.citeFilter())
            .cite(cloud.others().stream().map(cloud::cite).toList())
            .cite(cloud.citeRefusal()));
  }
}
