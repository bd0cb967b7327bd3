package vpnlab.diagnosis.rule.reach;

import static vpnlab.diagnosis.facts.Passage.Fate.HELD_BY_CLIENT;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client's own firewall drops IKE. */
public final class Udp500BlockedClientFirewall extends CauseRule {
  public Udp500BlockedClientFirewall() {
    super("udp-500-blocked-client-firewall", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return facts.initPassage().is(HELD_BY_CLIENT)
        ? Optional.of(
            Grounds.certain("The client's own firewall drops IKE on UDP port 500.")
                .cite(facts.initPassage().citations()))
        : Optional.empty();
  }
}
