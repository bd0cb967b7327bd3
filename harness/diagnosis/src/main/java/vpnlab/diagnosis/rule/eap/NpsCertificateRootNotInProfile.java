package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The profile ticks other roots than that of NPS's certificate. */
public final class NpsCertificateRootNotInProfile extends CauseRule {
  public NpsCertificateRootNotInProfile() {
    super("nps-certificate-root-not-in-profile", Stage.AUTHENTICATION, 864);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    NpsCertificate shown = NpsCertificate.of(facts);
    if (shown.leaf().isEmpty()) {
      boolean ticksSome =
          facts.profile().serverValidation().filter(v -> !v.trustedRoots().isEmpty()).isPresent();
      return facts.attempt().error().isEmpty() || !ticksSome
          ? Optional.empty()
          : Optional.of(
              Grounds.possible("The profile may not trust the root of NPS's certificate."));
    }
    if (!shown.rootIsNotTicked()) {
      return Optional.empty();
    }
    String ticked =
        String.join(", ", facts.profile().serverValidation().orElseThrow().trustedRoots());
    return Optional.of(
        Grounds.certain(
                "The computer trusts %s, the root of NPS's certificate, but the profile does not."
                    .formatted(shown.top().title()))
            .cite(shown.citeBuilding())
            .cite(shown.cite("root thumbprint = " + shown.top().thumbprint()))
            .cite(shown.citeProfile("TrustedRootCA = " + ticked))
            .cite(shown.citeDenial()));
  }
}
