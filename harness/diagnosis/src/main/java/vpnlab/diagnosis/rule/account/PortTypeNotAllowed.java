package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** A constraint of the network policy: not over this kind of port. */
public final class PortTypeNotAllowed extends CauseRule {
  public PortTypeNotAllowed() {
    super("port-type-not-allowed", Stage.AUTHORIZATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return PolicyDenial.decided(
            facts,
            "The network policy that matches does not allow access over this type of port.",
            70)
        .map(
            grounds ->
                grounds.cite(Cite.field(facts.radius().denial().orElseThrow(), "NASPortType")));
  }
}
