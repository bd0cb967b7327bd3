package vpnlab.diagnosis.rule.certificate;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client's certificate has purposes, and Client Authentication is not among them. */
public final class ClientCertificateEkuMissing extends CauseRule {
  /** NPS has many words for it, by which of its checks found out. */
  private static final int[] PURPOSE_MISSING = {73, 267, 283, 293, 296};

  public ClientCertificateEkuMissing() {
    super("client-certificate-eku-missing", Stage.AUTHENTICATION, 13801, 853);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    ClientCertificates own = new ClientCertificates(facts);
    if (!own.refusedByServer(853, PURPOSE_MISSING)) {
      return Optional.empty();
    }
    List<Citation> denial = own.citeDenial(PURPOSE_MISSING);
    return own.onlyForOtherPurposes()
        .map(
            other ->
                Grounds.certain(
                        "The client's certificate %s lacks Client Authentication."
                            .formatted(other.title()))
                    .cite(
                        Cite.certificate(
                            facts.client(),
                            other,
                            "extendedKeyUsage = "
                                + String.join(", ", other.extendedKeyUsage().orElse(List.of())))))
        .or(
            () ->
                denial.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        Grounds.certain("The client's certificate lacks Client Authentication.")))
        .map(grounds -> grounds.cite(denial).cite(own.citeRefusal()));
  }

  @Override
  protected int codeOfNoEnd(Facts facts) {
    return new ClientCertificates(facts).codeOfNoEnd(853);
  }
}
