package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The certificate names another server than the one dialed. */
public final class ServerCertificateNameMismatch extends CauseRule {
  public ServerCertificateNameMismatch() {
    super("server-certificate-name-mismatch", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return NameCheck.failed(facts)
        .filter(NameCheck::otherName)
        .map(
            names ->
                Grounds.certain(
                        "The certificate is for %s, not for %s."
                            .formatted(
                                names.certified(),
                                names.dialed().isEmpty()
                                    ? "the name that was dialed"
                                    : names.dialed()))
                    .cite(names.citations()))
        .or(
            () ->
                CertificateView.isAddress(facts.profile().server())
                    ? Optional.empty()
                    : Complaint.NAME.withoutCertificate(
                        facts,
                        "The certificate is for another name than the one that was dialed."));
  }
}
