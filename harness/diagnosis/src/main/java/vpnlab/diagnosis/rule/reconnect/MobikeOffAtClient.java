package vpnlab.diagnosis.rule.reconnect;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The connection's own properties forbid it to follow a change of network. */
public final class MobikeOffAtClient extends CauseRule {
  public MobikeOffAtClient() {
    super("mobike-off-at-client", Stage.DATA_PATH, 829);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return NetworkChange.of(facts)
        .filter(change -> NetworkChange.mobility(facts).equals("No"))
        .map(
            change ->
                Grounds.certain(
                        "The computer changed its network, and the connection may not follow.")
                    .cite(NetworkChange.citeMobility(facts))
                    .cite(change.citations()));
  }
}
