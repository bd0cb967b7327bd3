package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The certificate is not meant for server authentication. */
public final class ServerCertificateEkuMissing extends CauseRule {
  public ServerCertificateEkuMissing() {
    super("server-certificate-eku-missing", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    PeerChain chain = facts.serverChain();
    Optional<CertificateView> leaf = chain.leaf();
    if (leaf.isEmpty()) {
      return Complaint.PURPOSE.withoutCertificate(
          facts, "The server's certificate lacks Server Authentication.");
    }
    if (!Complaint.PURPOSE.isAbout(chain)
        || leaf.get().namesPurpose(CertificateView.SERVER_AUTHENTICATION)) {
      return Optional.empty();
    }
    String purposes =
        leaf.get().extendedKeyUsage().map(Object::toString).orElse("no Extended Key Usage");
    return Optional.of(
        Grounds.certain(
                "The server's certificate lacks Server Authentication (%s): it has %s."
                    .formatted(CertificateView.SERVER_AUTHENTICATION, purposes))
            .cite(Cite.certificate(facts.client(), leaf.get(), "extendedKeyUsage = " + purposes))
            .cite(chain.citeBuilding())
            .cite(chain.citeChecking()));
  }
}
