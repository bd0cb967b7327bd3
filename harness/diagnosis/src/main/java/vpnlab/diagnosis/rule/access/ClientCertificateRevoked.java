package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Stage;

/** The authority has revoked the client's certificate. */
public final class ClientCertificateRevoked extends CauseRule {
  public ClientCertificateRevoked() {
    super("client-certificate-revoked", Stage.AUTHENTICATION, 855);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<EventRecord> denial = facts.radius().denial();
    if (denial.isPresent() ? facts.radius().reason() != 256 : facts.attempt().error().isEmpty()) {
      return Optional.empty();
    }
    String which =
        facts
            .cloud()
            .used()
            .map(one -> " %s (of %s)".formatted(one.title(), one.issuer()))
            .orElse("");
    return Optional.of(
        Grounds.certain("The client's certificate%s has been revoked.".formatted(which))
            .cite(facts.cloud().citeKeyUsed())
            .cite(
                denial.map(event -> Cite.event(event, "ReasonCode = 256 (revoked)")).stream()
                    .toList())
            .cite(Revocations.citeVerdict(facts)));
  }
}
