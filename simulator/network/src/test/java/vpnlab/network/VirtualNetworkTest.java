package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.network.path.Drop;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IpProtocol;

class VirtualNetworkTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);
  private static final Octets HELLO = Octets.ofText("hello", StandardCharsets.UTF_8);

  @Test
  void aDatagramCrossesTwoRoutersAndComesBackAfterSixLatencies() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      Inbox echo = new Inbox.Echo();
      network.host("server").bindUdp(500, echo);
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      port.send(SERVER, HELLO);
      assertThat(network.runUntil(() -> !inbox.datagrams.isEmpty(), Duration.ofSeconds(1)))
          .isTrue();
      assertThat(network.clock().instant()).isEqualTo(Labs.EPOCH.plusMillis(3));
      assertThat(echo.datagrams).containsExactly(new Inbox.Received(port.local(), SERVER, HELLO));
      assertThat(inbox.datagrams).containsExactly(new Inbox.Received(SERVER, port.local(), HELLO));
      assertThat(network.captures("client"))
          .extracting(p -> p.direction())
          .containsExactly(Direction.SENT, Direction.RECEIVED);
      assertThat(network.runUntilIdle(Duration.ofSeconds(1))).isTrue();
    }
  }

  @Test
  void aDropRuleAtTheEdgeIsSilentAndReportedToTheLab() throws Exception {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of("no-ike", FirewallRule.Direction.FORWARD, FirewallRule.Action.DROP)
                .protocol(IpProtocol.UDP)
                .toPort(500));
    try (VirtualNetwork network =
        new VirtualNetwork(new Labs.Builder().edge(firewall).topology(), Labs.seed(1))) {
      List<Drop> drops = new ArrayList<>();
      network.onDrop(drops::add);
      Inbox inbox = new Inbox();
      network.host("client").bindUdp(0, inbox).send(SERVER, HELLO);
      network.runFor(Duration.ofSeconds(60));
      assertThat(inbox.datagrams).isEmpty();
      assertThat(inbox.errors).isEmpty();
      assertThat(drops).extracting(Drop::where).containsExactly("edge");
      assertThat(drops).extracting(Drop::rule).containsExactly("no-ike");
      assertThat(network.captures("server")).isEmpty();
      assertThat(network.statistics().networkTime()).isEqualTo(Duration.ofSeconds(60));
    }
  }

  @Test
  void aClosedPortAnswersWithIcmpAndTheChannelStaysOpen() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      port.send(SERVER, HELLO);
      network.runUntilIdle(Duration.ofSeconds(1));
      assertThat(inbox.errors).hasSize(1);
      assertThat(inbox.errors.get(0).kind()).isEqualTo(IcmpKind.PORT_UNREACHABLE);
      assertThat(inbox.errors.get(0).remote()).isEqualTo(SERVER);
      assertThat(inbox.errors.get(0).reporter()).isEqualTo(SERVER.getAddress());
      assertThat(port.channel().isActive()).isTrue();
      assertThat(inbox.exceptions).isEmpty();
    }
  }
}
