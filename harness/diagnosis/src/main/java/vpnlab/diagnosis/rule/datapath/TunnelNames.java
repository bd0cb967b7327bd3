package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.DhcpTraffic;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IpPacket;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.evidence.ProbeResult;
import vpnlab.wire.dhcp.DhcpMessageType;
import vpnlab.wire.dhcp.DhcpOptionCode;

/** Names that a connected client looks up in vain because it was told no name server. */
final class TunnelNames {
  private static final int UDP = 17;
  private static final int DNS = 53;

  private TunnelNames() {}

  /** The failed look-up, when only names fail and no name server was asked through the tunnel. */
  static Optional<ProbeResult> unasked(Facts facts) {
    boolean onlyNames = facts.failedProbes().stream().noneMatch(probe -> isAddress(probe.target()));
    boolean captured =
        facts.capture().inner().stream()
            .anyMatch(packet -> packet.captured().host().equals(facts.client()));
    boolean asked =
        facts.tunnel().inner(facts.client(), Direction.SENT).stream().anyMatch(TunnelNames::isDns);
    return onlyNames && captured && !asked
        ? facts.failedProbes().stream()
            .filter(probe -> probe.kind() == ProbeResult.Kind.RESOLVE)
            .findFirst()
        : Optional.empty();
  }

  private static boolean isAddress(String target) {
    return target.matches("[0-9.]+");
  }

  private static boolean isDns(IpPacket packet) {
    return packet.protocol() == UDP
        && packet.payload().size() >= 4
        && (packet.payload().at(2) << 8 | packet.payload().at(3)) == DNS;
  }

  static Citation nobodyAsked(Facts facts) {
    return Cite.capture(facts.client(), "no DNS query at the tunnel interface");
  }

  /** What the VPN server was told when it asked DHCP for the parameters of its network. */
  static List<DhcpTraffic.Seen> parameters(Facts facts) {
    return facts.dhcp().at(facts.vpnServer(), Direction.RECEIVED).stream()
        .filter(seen -> seen.is(DhcpMessageType.ACK))
        .filter(seen -> seen.message().yourAddress().isAny())
        .toList();
  }

  static boolean hasNameServer(DhcpTraffic.Seen seen) {
    return !seen.message().addresses(DhcpOptionCode.DOMAIN_NAME_SERVER).isEmpty();
  }
}
