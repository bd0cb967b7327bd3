package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The profile insists on cryptobinding, and NPS sends none. */
public final class PeapCryptobindingNotOffered extends CauseRule {
  public PeapCryptobindingNotOffered() {
    super("peap-cryptobinding-not-offered", Stage.AUTHENTICATION, 824);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return facts.attempt().error().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Grounds.certain("The profile requires cryptobinding, and NPS has sent none.")
                .cite(
                    facts.profile().serverValidation().stream()
                        .map(
                            validation ->
                                Cite.profile(
                                    facts.profile(),
                                    "RequireCryptoBinding = " + validation.cryptobindingRequired()))
                        .toList()));
  }
}
