package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** An intermediate certificate is neither sent nor stored. */
public final class ServerCertificateChainIncomplete extends CauseRule {
  public ServerCertificateChainIncomplete() {
    super("server-certificate-chain-incomplete", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return ChainTrust.broken(facts)
        .filter(ChainTrust::incomplete)
        .map(
            trust ->
                Grounds.certain(
                        "The certificate of %s, between the server's and its root, is missing."
                            .formatted(trust.authority()))
                    .cite(trust.citations()))
        .or(
            () ->
                Complaint.TRUST.withoutCertificate(
                    facts, "A certificate between the server's and its root is missing."));
  }
}
