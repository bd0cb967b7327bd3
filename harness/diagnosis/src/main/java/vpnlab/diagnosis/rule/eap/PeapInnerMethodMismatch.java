package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.account.PolicyDenial;
import vpnlab.evidence.Stage;

/** Both sides speak PEAP, but one wants a password inside and the other a certificate. */
public final class PeapInnerMethodMismatch extends CauseRule {
  public PeapInnerMethodMismatch() {
    super("peap-inner-method-mismatch", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    boolean denied = facts.radius().denial().isPresent();
    // Then the tunnel did not even begin, whatever reason NPS gives.
    Optional<Confidence> missing =
        denied
            ? new NpsCertificateMissing().explain(facts).map(Grounds::confidence)
            : Optional.empty();
    boolean possible = denied ? Peap.wasProposed(facts) : !Peap.hasNotBegun(facts);
    if (!Peap.isUsed(facts) || !possible || missing.equals(Optional.of(Confidence.CERTAIN))) {
      return Optional.empty();
    }
    boolean open = missing.isPresent();
    String wanted = Peap.proposal(facts).orElse("something else");
    return PolicyDenial.explain(
            facts,
            "Inside PEAP, NPS wants %s"
                + Peap.inner(facts)
                    .map(inner -> "; the profile has " + inner + ".")
                    .orElse(", and not what the profile has."),
            wanted,
            22,
            66)
        .map(
            grounds ->
                (open ? grounds.unless(Peap.TELLING) : grounds)
                    .cite(
                        facts.radius().denial().map(event -> Cite.field(event, "EAPType")).stream()
                            .toList())
                    .cite(
                        Cite.profile(
                            facts.profile(),
                            "authentication = " + facts.profile().authentication())));
  }
}
