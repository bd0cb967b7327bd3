package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The cloud's policy is not satisfied, and there is no certificate to connect with instead. */
public final class ConditionalAccessPolicyUnmet extends CauseRule {
  public ConditionalAccessPolicyUnmet() {
    super("conditional-access-policy-unmet", Stage.AUTHORIZATION, 798, PENDING);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    CloudAccess cloud = facts.cloud();
    boolean stuck = cloud.holdsBack();
    boolean without =
        facts.attempt().error().isPresent() && (cloud.others().isEmpty() || !cloud.othersAreSure());
    if (!cloud.demanded() || cloud.refusal().isEmpty() || !stuck && !without) {
      return Optional.empty();
    }
    String times = cloud.refusals() == 1 ? "" : " (%d times)".formatted(cloud.refusals());
    Grounds grounds =
        Grounds.certain(
                "The cloud gave no certificate%s: %s"
                    .formatted(times, cloud.refusal().orElseThrow().data("ErrorMessage")))
            .cite(cloud.citeRefusal());
    if (stuck || cloud.storeIsKnown() && cloud.othersAreSure()) {
      return Optional.of(grounds);
    }
    return Optional.of(
        grounds.unless(cloud.storeIsKnown() ? CloudAccess.PURPOSES : CloudAccess.STORE));
  }
}
