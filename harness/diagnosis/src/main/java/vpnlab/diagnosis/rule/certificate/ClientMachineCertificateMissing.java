package vpnlab.diagnosis.rule.certificate;

import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateStores;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client has no machine certificate to authenticate with. */
public final class ClientMachineCertificateMissing extends CauseRule {
  public ClientMachineCertificateMissing() {
    super("client-machine-certificate-missing", Stage.AUTHENTICATION, 13806);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    String client = facts.client();
    boolean needed = facts.profile().authentication().equals("machine-certificate");
    if (!needed
        || !facts.stores().withKey(client, CertificateStores.MACHINE_MY).isEmpty()
        || ServerSide.saidSo(facts)) {
      return Optional.empty();
    }
    Grounds grounds =
        Grounds.certain("The client's computer has no certificate with a private key.")
            .cite(Cite.profile(facts.profile(), "authentication = machine-certificate"));
    if (!facts.stores().isKnown(client, CertificateStores.MACHINE_MY)) {
      return Optional.of(
          ServerSide.clientSaidItsOwn(facts)
              ? grounds
              : grounds.unless("the client's certificate store (LocalMachine\\My)"));
    }
    return Optional.of(
        grounds.cite(
            Cite.store(
                client,
                CertificateStores.MACHINE_MY,
                "%d certificates, none with a private key"
                    .formatted(facts.stores().of(client, CertificateStores.MACHINE_MY).size()))));
  }
}
