package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The DHCP server has no scope for the network on which RRAS asks. */
public final class DhcpScopeMissing extends DataPathRule {
  public DhcpScopeMissing() {
    super("dhcp-scope-missing");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return DhcpFailure.explain(
        facts,
        DhcpFailure.Kind.NO_SCOPE,
        "The DHCP server hears RRAS and has no scope for its network.",
        "The address is an automatic private one: the DHCP server may lack a scope for RRAS.");
  }
}
