package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The DHCP server that RRAS leases from does not run. */
public final class DhcpUnavailable extends DataPathRule {
  public DhcpUnavailable() {
    super("dhcp-unavailable");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return DhcpFailure.explain(
        facts,
        DhcpFailure.Kind.SERVICE_STOPPED,
        "RRAS gets no leases: the DHCP Server service is stopped.",
        "The address is an automatic private one: RRAS may have reached no DHCP server.");
  }
}
