package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.CapturedPacket.Direction;

/** RRAS's own adapter has no name server, so that its clients get none. */
public final class NameServersNotHandedOut extends DataPathRule {
  public NameServersNotHandedOut() {
    super("name-servers-not-handed-out");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (TunnelNames.unasked(facts).isEmpty() || DhcpFailure.isAutomatic(facts)) {
      return Optional.empty();
    }
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible(
                  "The VPN server gave no name server; its own adapter may have none to hand out.")
              .cite(TunnelNames.nobodyAsked(facts)));
    }
    String server = facts.vpnServer();
    boolean leases = !facts.dhcp().at(server, Direction.SENT).isEmpty();
    return leases
        ? Optional.empty()
        : Optional.of(
            Grounds.certain("RRAS has no name server of its own to hand out to clients.")
                .cite(Cite.capture(server, "no DHCP message: the addresses are of a static pool"))
                .cite(TunnelNames.nobodyAsked(facts)));
  }
}
