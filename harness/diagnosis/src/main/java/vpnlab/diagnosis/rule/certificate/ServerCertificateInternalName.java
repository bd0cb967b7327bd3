package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** Behind a NAT, the certificate carries only the server's inside name or address. */
public final class ServerCertificateInternalName extends CauseRule {
  public ServerCertificateInternalName() {
    super("server-certificate-internal-name", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return NameCheck.failed(facts)
        .filter(NameCheck::internalName)
        .map(
            names ->
                Grounds.certain(
                        "The certificate is for the inside name %s, clients dial %s."
                            .formatted(names.certified(), names.dialed()))
                    .cite(names.citations()))
        .or(
            () ->
                CertificateView.isAddress(facts.profile().server())
                    ? Optional.empty()
                    : Complaint.NAME.withoutCertificate(
                        facts, "The certificate is for an inside name."));
  }
}
