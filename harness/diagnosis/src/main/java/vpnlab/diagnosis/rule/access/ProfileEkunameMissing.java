package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;
import vpnlab.evidence.TlsExtensions;

/** The profile's filter does not name the purpose, so another certificate went past the policy. */
public final class ProfileEkunameMissing extends CauseRule {
  public ProfileEkunameMissing() {
    super("profile-ekuname-missing", Stage.AUTHORIZATION, CONNECTED);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<TlsExtensions> filter = facts.profile().tlsExtensions();
    return filter.isPresent() && !filter.get().clientAuthEkus().contains(CloudAccess.PURPOSE_NAME)
        ? PastPolicy.unfiltered(
            facts,
            "the profile's ClientAuthEKUList lacks the EKUName %s."
                .formatted(CloudAccess.PURPOSE_NAME))
        : Optional.empty();
  }
}
