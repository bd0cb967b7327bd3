package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The user dialed an address, the certificate has names. */
public final class ServerDialedByAddress extends CauseRule {
  public ServerDialedByAddress() {
    super("server-dialed-by-address", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return NameCheck.failed(facts)
        .filter(NameCheck::dialedByAddress)
        .map(
            names ->
                Grounds.certain(
                        "%s was dialed; the certificate is for %s."
                            .formatted(names.dialed(), names.certified()))
                    .cite(names.citations()))
        .or(
            () ->
                CertificateView.isAddress(facts.profile().server())
                    ? Complaint.NAME.withoutCertificate(
                        facts, "An address was dialed, and the certificate has names.")
                    : Optional.empty());
  }
}
