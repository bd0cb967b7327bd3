package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The chain ends in a root that the client's computer does not trust. */
public final class ServerCertificateUntrustedRoot extends CauseRule {
  public ServerCertificateUntrustedRoot() {
    super("server-certificate-untrusted-root", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return ChainTrust.broken(facts)
        .filter(ChainTrust::untrustedRoot)
        .map(
            trust ->
                Grounds.certain(
                        "The client does not trust %s, which stands behind the server's certificate."
                            .formatted(trust.authority()))
                    .cite(trust.citations()))
        .or(
            () ->
                Complaint.TRUST.withoutCertificate(
                    facts, "The client does not trust the root behind the server's certificate."));
  }
}
