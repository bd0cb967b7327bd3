package vpnlab.diagnosis.rule.account;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** A constraint of the network policy: not by this server. */
public final class CalledStationNotAllowed extends CauseRule {
  public CalledStationNotAllowed() {
    super("called-station-not-allowed", Stage.AUTHORIZATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return PolicyDenial.decided(
            facts,
            "The network policy that matches does not allow access by the server that was dialed.",
            69)
        .map(
            grounds ->
                grounds.cite(Cite.field(facts.radius().denial().orElseThrow(), "CalledStationID")));
  }
}
