package vpnlab.diagnosis.rule.access;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.facts.CertificateView;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.CloudAccess;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Stage;

/**
 * NPS granted access to a certificate without the cloud's purpose, although conditional access is
 * on.
 */
public final class NpsConditionalAccessOidNotRequired extends CauseRule {
  public NpsConditionalAccessOidNotRequired() {
    super("nps-conditional-access-oid-not-required", Stage.AUTHORIZATION, CONNECTED);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    CloudAccess cloud = facts.cloud();
    Optional<EventRecord> granted = facts.radius().grant();
    Optional<CertificateView> presented =
        facts.administrator() ? facts.chainAt(facts.policyServer()).leaf() : Optional.empty();
    if (!cloud.demanded()
        || granted.isEmpty()
        || presented.filter(one -> !CloudAccess.hasPurpose(one)).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Grounds.certain(
                "NPS let %s in, whose certificate lacks the purpose %s (%s)."
                    .formatted(
                        presented.get().title(),
                        CloudAccess.CONDITIONAL_ACCESS,
                        CloudAccess.PURPOSE_NAME))
            .cite(
                Cite.field(granted.get(), "NetworkPolicyName"),
                Cite.certificate(
                    facts.policyServer(),
                    presented.get(),
                    "purposes = " + presented.get().extendedKeyUsage().orElse(List.of())))
            .cite(facts.chainAt(facts.policyServer()).citeBuilding()));
  }
}
