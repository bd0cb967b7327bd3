package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** What all rules ask that find why a connection came up past the cloud's policy. */
final class PastPolicy {
  private PastPolicy() {}

  /**
   * A certificate that is not the cloud's was used, and there was none of the cloud's to use.
   *
   * @param why what the profile lacks, the end of a sentence
   */
  static Optional<Grounds> unfiltered(Facts facts, String why) {
    CloudAccess cloud = facts.cloud();
    if (!cloud.demanded() || !cloud.usedAnother() || cloud.valid().isPresent()) {
      return Optional.empty();
    }
    Grounds grounds =
        Grounds.certain(
                "%s came in past the cloud's policy with another certificate: %s"
                    .formatted(facts.profile().userName(), why))
            .cite(cloud.citeFilter())
            .cite(cloud.citeKeyUsed())
            .cite(cloud.used().map(cloud::cite).stream().toList())
            .cite(cloud.citeRefusal());
    return Optional.of(cloud.storeIsKnown() ? grounds : grounds.unless(CloudAccess.STORE));
  }
}
