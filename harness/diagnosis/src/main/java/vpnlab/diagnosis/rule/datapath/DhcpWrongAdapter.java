package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** RRAS asks for leases on an adapter that no DHCP server hears. */
public final class DhcpWrongAdapter extends DataPathRule {
  public DhcpWrongAdapter() {
    super("dhcp-wrong-adapter");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return DhcpFailure.explain(
        facts,
        DhcpFailure.Kind.WRONG_ADAPTER,
        "RRAS asks for leases on an adapter whose network has no DHCP server.",
        "The address is an automatic private one: RRAS may have asked on the wrong adapter.");
  }
}
