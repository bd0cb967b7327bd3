package vpnlab.diagnosis.rule.certificate;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server's certificate may not sign. */
public final class ServerCertificateKeyUsage extends CauseRule {
  public ServerCertificateKeyUsage() {
    super("server-certificate-key-usage", Stage.SERVER_CERTIFICATE, 13806);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!ServerSide.refused(facts)) {
      return Optional.empty();
    }
    if (!ServerSide.storeIsKnown(facts)) {
      return Optional.of(
          Grounds.possible(
                  "The server has no certificate that it can use: its Key Usage may forbid.")
              .cite(ServerSide.cite(facts)));
    }
    String server = facts.vpnServer();
    List<CertificateView> installed = facts.stores().withKey(server, CertificateStores.MACHINE_MY);
    if (installed.isEmpty() || installed.stream().anyMatch(CertificateView::maySign)) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(
                "The Key Usage of %s lacks digital signature.".formatted(installed.get(0).title()))
            .cite(Cite.certificate(server, installed.get(0), "keyUsage without digitalSignature"))
            .cite(ServerSide.cite(facts)));
  }
}
