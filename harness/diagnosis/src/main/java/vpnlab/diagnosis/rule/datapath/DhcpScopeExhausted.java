package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The DHCP scope has no address left for RRAS. */
public final class DhcpScopeExhausted extends DataPathRule {
  public DhcpScopeExhausted() {
    super("dhcp-scope-exhausted");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    return DhcpFailure.explain(
        facts,
        DhcpFailure.Kind.SCOPE_FULL,
        "The DHCP server has no address left to lease to RRAS.",
        "The address is an automatic private one: the DHCP scope may be used up.");
  }
}
