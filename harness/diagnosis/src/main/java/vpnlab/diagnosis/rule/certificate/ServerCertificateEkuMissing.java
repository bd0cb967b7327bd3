package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.PeerChain;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.ChainStatus;
import vpnlab.evidence.Stage;

/** The certificate is not meant for server authentication. */
public final class ServerCertificateEkuMissing extends CauseRule {
  private static final int WRONG_USAGE = 0x800B0110; // CERT_E_WRONG_USAGE

  public ServerCertificateEkuMissing() {
    super("server-certificate-eku-missing", Stage.SERVER_CERTIFICATE, 13801);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    PeerChain chain = facts.serverChain();
    Optional<CertificateView> leaf = chain.leaf();
    boolean complained =
        chain.status().has(ChainStatus.Flag.IS_NOT_VALID_FOR_USAGE) || chain.endedWith(WRONG_USAGE);
    if (!complained
        || leaf.isEmpty()
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
