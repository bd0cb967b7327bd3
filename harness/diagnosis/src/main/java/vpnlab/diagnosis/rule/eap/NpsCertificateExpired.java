package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The certificate that NPS shows in EAP has expired. */
public final class NpsCertificateExpired extends CauseRule {
  public NpsCertificateExpired() {
    super("nps-certificate-expired", Stage.AUTHENTICATION, 858);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    NpsCertificate shown = NpsCertificate.of(facts);
    Optional<CertificateView> expired = shown.expired();
    if (expired.isEmpty()) {
      // The code has one meaning; certificates that contradict it would have another cause.
      return shown.leaf().isPresent() || facts.attempt().error().isEmpty()
          ? Optional.empty()
          : Optional.of(Grounds.certain("The certificate of NPS has expired."));
    }
    CertificateView which = expired.get();
    return Optional.of(
        Grounds.certain(
                "The certificate of NPS, %s, expired on %s."
                    .formatted(which.title(), which.notAfter()))
            .cite(shown.citeBuilding())
            .cite(shown.cite("notAfter = " + which.notAfter()))
            .cite(facts.clock().citations())
            .cite(shown.citeDenial()));
  }
}
