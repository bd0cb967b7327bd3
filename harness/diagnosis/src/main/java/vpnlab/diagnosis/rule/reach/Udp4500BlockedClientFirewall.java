package vpnlab.diagnosis.rule.reach;

import static vpnlab.diagnosis.facts.Passage.Fate.HELD_BY_CLIENT;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The client's own firewall drops NAT traversal. */
public final class Udp4500BlockedClientFirewall extends CauseRule {
  public Udp4500BlockedClientFirewall() {
    super("udp-4500-blocked-client-firewall", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return facts.authPassage().is(HELD_BY_CLIENT)
        ? Optional.of(
            Grounds.certain(
                    "The server answers on UDP port 500; the client's own firewall drops UDP port 4500.")
                .cite(facts.initPassage().citations())
                .cite(facts.authPassage().citations()))
        : Optional.empty();
  }
}
