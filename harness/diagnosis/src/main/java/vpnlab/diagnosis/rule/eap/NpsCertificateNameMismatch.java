package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** NPS's certificate has none of the server names that the profile asks for. */
public final class NpsCertificateNameMismatch extends CauseRule {
  public NpsCertificateNameMismatch() {
    super("nps-certificate-name-mismatch", Stage.AUTHENTICATION, 801, 866);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    NpsCertificate shown = NpsCertificate.of(facts);
    if (!shown.nameIsUnexpected()) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(
                "NPS's certificate is for %s; the profile asks for %s."
                    .formatted(String.join(", ", shown.names()), shown.expectedNames()))
            .cite(shown.cite("names = " + String.join(", ", shown.names())))
            .cite(shown.citeProfile("ServerNames = " + shown.expectedNames()))
            .cite(shown.citeDenial()));
  }
}
