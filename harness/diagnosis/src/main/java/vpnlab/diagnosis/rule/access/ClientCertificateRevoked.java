package vpnlab.diagnosis.rule.access;

import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Stage;

/** The authority has revoked the client's certificate. */
public final class ClientCertificateRevoked extends CauseRule {
  /** By the revocation list, and by the answer of the system that checks chains. */
  private static final Set<Integer> REASONS = Set.of(256, 289);

  public ClientCertificateRevoked() {
    super("client-certificate-revoked", Stage.AUTHENTICATION, 855);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<EventRecord> denial = facts.radius().denial();
    if (denial.isPresent()
        ? !REASONS.contains(facts.radius().reason())
        : facts.attempt().error().isEmpty()) {
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
                denial
                    .map(
                        event ->
                            Cite.event(
                                event, "ReasonCode = " + facts.radius().reason() + " (revoked)"))
                    .stream()
                    .toList())
            .cite(Revocations.citeVerdict(facts)));
  }
}
