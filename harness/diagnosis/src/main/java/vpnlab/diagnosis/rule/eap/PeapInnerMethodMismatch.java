package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
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
    boolean possible = denied ? Peap.wasProposed(facts) : !Peap.hasNotBegun(facts);
    if (!Peap.isUsed(facts) || !possible || certificateIsMissing(facts)) {
      return Optional.empty();
    }
    String wanted = Peap.proposal(facts).orElse("something else");
    return PolicyDenial.explain(
            facts,
            "Inside PEAP, NPS wants %s; the profile has "
                + facts.profile().authentication().substring("peap-".length())
                + ".",
            wanted,
            22,
            66)
        .map(
            grounds ->
                grounds
                    .cite(
                        facts.radius().denial().map(event -> Cite.field(event, "EAPType")).stream()
                            .toList())
                    .cite(
                        Cite.profile(
                            facts.profile(),
                            "authentication = " + facts.profile().authentication())));
  }

  /** Then the tunnel did not even begin, whatever reason NPS gives. */
  private static boolean certificateIsMissing(Facts facts) {
    return facts.radius().denial().isPresent()
        && new NpsCertificateMissing().explain(facts).isPresent();
  }
}
