package vpnlab.diagnosis.rule.certificate;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server does not trust the authority that issued the client's certificate. */
public final class ClientCertificateUntrustedIssuer extends CauseRule {
  public ClientCertificateUntrustedIssuer() {
    super("client-certificate-untrusted-issuer", Stage.AUTHENTICATION, 13801, 853);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    ClientCertificates own = new ClientCertificates(facts);
    if (!own.refusedByServer(853, 265, 286, 287, 295)) {
      return Optional.empty();
    }
    List<Citation> denial = own.citeDenial(265, 286, 287, 295);
    return own.foreign()
        .map(
            foreign ->
                Grounds.certain(
                        "The server does not trust %s, which issued the client's certificate."
                            .formatted(foreign.issuer()))
                    .cite(
                        Cite.certificate(facts.client(), foreign, "issuer = " + foreign.issuer())))
        .or(
            () ->
                denial.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        Grounds.certain(
                            "NPS does not trust the issuer of the client's certificate.")))
        .map(grounds -> grounds.cite(own.citeAuthorities()).cite(denial).cite(own.citeRefusal()));
  }

  @Override
  protected int codeOfNoEnd(Facts facts) {
    return new ClientCertificates(facts).codeOfNoEnd(853);
  }
}
