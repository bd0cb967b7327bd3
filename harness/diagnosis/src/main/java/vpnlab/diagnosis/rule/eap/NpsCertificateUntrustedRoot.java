package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client's computer does not have the root of NPS's certificate. */
public final class NpsCertificateUntrustedRoot extends CauseRule {
  public NpsCertificateUntrustedRoot() {
    super("nps-certificate-untrusted-root", Stage.AUTHENTICATION, 864);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    NpsCertificate shown = NpsCertificate.of(facts);
    if (shown.leaf().isEmpty()) {
      return facts.attempt().error().isEmpty()
          ? Optional.empty()
          : Optional.of(
              Grounds.possible("The computer may not have the root of NPS's certificate."));
    }
    if (!shown.rootIsUnknown()) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(
                "NPS's certificate comes from %s, which the client's computer does not trust."
                    .formatted(shown.authority()))
            .cite(shown.citeBuilding())
            .cite(shown.cite("issuer = " + shown.top().issuer()))
            .cite(shown.citeRoots())
            .cite(shown.citeDenial()));
  }
}
