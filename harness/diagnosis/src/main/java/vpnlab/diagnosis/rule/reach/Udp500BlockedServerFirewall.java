package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server's own firewall drops UDP 500. */
public final class Udp500BlockedServerFirewall extends CauseRule {
  public Udp500BlockedServerFirewall() {
    super("udp-500-blocked-server-firewall", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return ServerFirewall.explain(
        facts, facts.initPassage(), facts.ike().ikePort(), "UDP port 500");
  }
}
