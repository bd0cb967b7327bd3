package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IpPacket;
import vpnlab.evidence.CapturedPacket.Direction;

/** How far ESP came between the client and the VPN server. */
record EspPassage(
    Facts facts,
    List<IpPacket> leftClient,
    List<IpPacket> reachedServer,
    List<IpPacket> leftServer,
    List<IpPacket> reachedClient) {
  static EspPassage of(Facts facts) {
    String client = facts.client();
    String server = facts.vpnServer();
    return new EspPassage(
        facts,
        facts.tunnel().esp(client, Direction.SENT),
        facts.tunnel().esp(server, Direction.RECEIVED),
        facts.tunnel().esp(server, Direction.SENT),
        facts.tunnel().esp(client, Direction.RECEIVED));
  }

  /** The client sends and gets nothing: all that its own capture can tell. */
  boolean isSilentForClient() {
    return !leftClient.isEmpty() && reachedClient.isEmpty();
  }

  /** Whether the evidence has the server's capture at all. */
  boolean isServerSeen() {
    return facts.administrator()
        && facts.capture().packets().stream()
            .anyMatch(packet -> packet.captured().host().equals(facts.vpnServer()));
  }

  Citation atClient() {
    return Cite.packet(
        leftClient.get(0),
        "the first of "
            + leftClient.size()
            + " ESP packets sent; "
            + reachedClient.size()
            + " received");
  }

  Citation atServer() {
    return Cite.capture(
        facts.vpnServer(),
        reachedServer.size() + " ESP packets received, " + leftServer.size() + " sent");
  }
}
