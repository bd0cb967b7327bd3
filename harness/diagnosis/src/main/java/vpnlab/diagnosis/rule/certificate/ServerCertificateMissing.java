package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** RRAS has no certificate with a private key. */
public final class ServerCertificateMissing extends CauseRule {
  public ServerCertificateMissing() {
    super("server-certificate-missing", Stage.SERVER_CERTIFICATE, 13806);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (!ServerSide.refused(facts)) {
      return Optional.empty();
    }
    if (!ServerSide.storeIsKnown(facts)) {
      return Optional.of(
          Grounds.possible("The server has no certificate that it can use: none may be installed.")
              .cite(ServerSide.cite(facts)));
    }
    String server = facts.vpnServer();
    return facts.stores().withKey(server, CertificateStores.MACHINE_MY).isEmpty()
        ? Optional.of(
            Grounds.certain("%s has no certificate with a private key.".formatted(server))
                .cite(
                    Cite.store(
                        server,
                        CertificateStores.MACHINE_MY,
                        "%d certificates, none with a private key"
                            .formatted(
                                facts.stores().of(server, CertificateStores.MACHINE_MY).size())))
                .cite(ServerSide.cite(facts)))
        : Optional.empty();
  }
}
