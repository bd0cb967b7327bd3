package vpnlab.diagnosis.rule.certificate;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client's own certificate has expired. */
public final class ClientCertificateExpired extends CauseRule {
  public ClientCertificateExpired() {
    super("client-certificate-expired", Stage.AUTHENTICATION, 13801, 854, 853);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    ClientCertificates own = new ClientCertificates(facts);
    // A server that does not tell why it refuses a certificate leaves the client with 853.
    if (!own.refusedByServer(854, 268, 278) && !own.refusedByServer(853, 268, 278)) {
      return Optional.empty();
    }
    Optional<CertificateView> expired = own.onlyExpired();
    List<Citation> denial = own.citeDenial(268, 278);
    if (expired.isEmpty() && denial.isEmpty()) {
      return Optional.empty();
    }
    String which =
        expired
            .map(c -> " %s expired on %s".formatted(c.title(), c.notAfter()))
            .orElse(" has expired");
    return Optional.of(
        Grounds.certain("The client's certificate%s.".formatted(which))
            .cite(
                expired
                    .map(c -> Cite.certificate(facts.client(), c, "notAfter = " + c.notAfter()))
                    .stream()
                    .toList())
            .cite(facts.clock().citations())
            .cite(denial)
            .cite(own.citeRefusal()));
  }

  @Override
  protected int codeOfNoEnd(Facts facts) {
    return new ClientCertificates(facts).codeOfNoEnd(854);
  }
}
