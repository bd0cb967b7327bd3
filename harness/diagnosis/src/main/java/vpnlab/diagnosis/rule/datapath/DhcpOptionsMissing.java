package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.DhcpTraffic;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.ProbeResult;

/** The DHCP scope tells no name server, so that RRAS has none for its clients. */
public final class DhcpOptionsMissing extends DataPathRule {
  public DhcpOptionsMissing() {
    super("dhcp-options-missing");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Optional<ProbeResult> lookedUp = TunnelNames.unasked(facts);
    if (lookedUp.isEmpty() || DhcpFailure.isAutomatic(facts)) {
      return Optional.empty();
    }
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible(
                  "The VPN server gave no name server; it may lease its addresses from a DHCP scope"
                      + " without options.")
              .cite(TunnelNames.nobodyAsked(facts)));
    }
    List<DhcpTraffic.Seen> told = TunnelNames.parameters(facts);
    return told.isEmpty() || told.stream().anyMatch(TunnelNames::hasNameServer)
        ? Optional.empty()
        : Optional.of(
            Grounds.certain("The DHCP server tells RRAS no name server for its clients.")
                .cite(Cite.packet(told.get(0).datagram(), "DHCPACK without option 6"))
                .cite(TunnelNames.nobodyAsked(facts)));
  }
}
