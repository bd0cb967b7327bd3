package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The profile filters no certificates, so another one than the cloud's went past the policy. */
public final class ProfileTlsextensionsMissing extends CauseRule {
  public ProfileTlsextensionsMissing() {
    super("profile-tlsextensions-missing", Stage.AUTHORIZATION, CONNECTED);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return facts.profile().tlsExtensions().isEmpty()
        ? PastPolicy.unfiltered(
            facts, "the profile has no TLSExtensions section, which would have filtered it out.")
        : Optional.empty();
  }
}
