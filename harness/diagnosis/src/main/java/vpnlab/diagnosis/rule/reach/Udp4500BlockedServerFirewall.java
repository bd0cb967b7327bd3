package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server's own firewall drops UDP 4500. */
public final class Udp4500BlockedServerFirewall extends CauseRule {
  public Udp4500BlockedServerFirewall() {
    super("udp-4500-blocked-server-firewall", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return Fragments.suspected(facts)
        ? Optional.empty()
        : ServerFirewall.explain(
            facts, facts.authPassage(), facts.ike().natTPort(), "UDP port 4500");
  }
}
