package vpnlab.diagnosis.rule.eap;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.diagnosis.rule.account.PolicyDenial;
import vpnlab.evidence.Stage;

/** The network policy wants PEAP, and the profile authenticates by something else. */
public final class ClientNotPeap extends CauseRule {
  public ClientNotPeap() {
    super("client-not-peap", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    // Without NPS's log this looks like any other method that is not allowed.
    if (Peap.isUsed(facts) || !Peap.wasProposed(facts)) {
      return Optional.empty();
    }
    return PolicyDenial.explain(
            facts,
            "The network policy wants PEAP; the profile authenticates by %s.",
            facts.method(),
            22,
            66)
        .map(
            grounds ->
                grounds.cite(
                    facts.radius().denial().map(event -> Cite.field(event, "EAPType")).stream()
                        .toList()));
  }
}
