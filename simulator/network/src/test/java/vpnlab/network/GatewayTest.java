package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import vpnlab.network.topology.DestinationNat;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.SourceNat;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;

class GatewayTest {
  private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);

  private static String exchange(DatagramSocket peer, SocketAddress to, String text)
      throws Exception {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    peer.setSoTimeout(10_000);
    peer.send(new DatagramPacket(octets, octets.length, to));
    DatagramPacket reply = new DatagramPacket(new byte[65_535], 65_535);
    peer.receive(reply);
    assertThat(reply.getSocketAddress()).isEqualTo(to);
    return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8);
  }

  @Test
  void aRealPeerReachesAHostAndIsSeenByItsOwnAddress() throws Exception {
    try (SocketsNetwork network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1));
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      Inbox echo = new Inbox.Echo();
      network.host("server").bindUdp(500, echo);
      Gateway gateway = network.openGateway("internet", ANY_PORT, SERVER);
      assertThat(exchange(peer, gateway.real(), "hello")).isEqualTo("hello");
      assertThat(echo.datagrams.get(0).from()).isEqualTo(peer.getLocalSocketAddress());
      assertThat(echo.datagrams.get(0).to()).isEqualTo(SERVER);
      assertThat(network.captures("server")).hasSize(2);
    }
  }

  @Test
  void aLargeDatagramPassesTheGatewayBothWaysInFragments() throws Exception {
    try (SocketsNetwork network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1));
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      network.host("server").bindUdp(500, new Inbox.Echo());
      Gateway gateway = network.openGateway("internet", ANY_PORT, SERVER);
      String large = "x".repeat(20_000);
      assertThat(exchange(peer, gateway.real(), large)).isEqualTo(large);
      assertThat(network.captures("server").size()).isGreaterThan(20);
    }
  }

  @Test
  void theEdgeForwardsAPortForARealPeer() throws Exception {
    Labs.Builder lab = new Labs.Builder();
    lab.edge =
        lab.edge.with(DestinationNat.of("198.51.100.1", IpProtocol.UDP, 500, "203.0.113.10", 1500));
    try (SocketsNetwork network = new SocketsNetwork(lab.topology(), Labs.seed(1));
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      network.host("server").bindUdp(1500, new Inbox.Echo());
      Gateway gateway =
          network.openGateway("internet", ANY_PORT, new InetSocketAddress("198.51.100.1", 500));
      assertThat(exchange(peer, gateway.real(), "hello")).isEqualTo("hello");
    }
  }

  @Test
  void theEdgesFirewallAppliesToRealPeers() throws Exception {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of(
                "no-strangers", FirewallRule.Direction.FORWARD, FirewallRule.Action.DROP));
    try (SocketsNetwork network =
            new SocketsNetwork(new Labs.Builder().edge(firewall).topology(), Labs.seed(1));
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      boolean[] dropped = new boolean[1];
      network.onDrop(drop -> dropped[0] |= drop.rule().equals("no-strangers"));
      Gateway gateway = network.openGateway("internet", ANY_PORT, SERVER);
      peer.send(new DatagramPacket(new byte[3], 3, gateway.real()));
      assertThat(network.runUntil(() -> dropped[0], Duration.ofSeconds(10))).isTrue();
      assertThat(network.captures("server")).isEmpty();
    }
  }

  @Test
  void aHostBehindATranslatorReachesARealPeer() throws Exception {
    Labs.Builder lab = new Labs.Builder().translated(SourceNat.onto("internet"));
    try (SocketsNetwork network = new SocketsNetwork(lab.topology(), Labs.seed(1));
        DatagramSocket peer = new DatagramSocket(ANY_PORT)) {
      network.openExit("internet", Ipv4Address.parse("127.0.0.1"));
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      InetSocketAddress real = (InetSocketAddress) peer.getLocalSocketAddress();
      port.send(real, Octets.ofText("hello", StandardCharsets.UTF_8));
      peer.setSoTimeout(10_000);
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      peer.receive(packet);
      peer.send(packet);
      assertThat(network.runUntil(() -> !inbox.datagrams.isEmpty(), Duration.ofSeconds(10)))
          .isTrue();
      assertThat(inbox.datagrams.get(0).from()).isEqualTo(real);
      assertThat(inbox.datagrams.get(0).to()).isEqualTo(port.local());
    }
  }

  @Test
  void aRealServerMayHaveTheAddressOfARealClientOnAnotherSegment() throws Exception {
    InetSocketAddress alias = new InetSocketAddress("192.0.2.18", 1812);
    try (SocketsNetwork network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1));
        DatagramSocket client = new DatagramSocket(ANY_PORT);
        DatagramSocket server = new DatagramSocket(ANY_PORT)) {
      network.openExit("dmz", alias, (InetSocketAddress) server.getLocalSocketAddress());
      network.host("server").bindUdp(500, new Inbox.Echo());
      Inbox inbox = new Inbox();
      UdpPort asking = network.host("server").bindUdp(0, inbox);
      Gateway gateway = network.openGateway("home", ANY_PORT, SERVER);
      assertThat(exchange(client, gateway.real(), "hello")).isEqualTo("hello");

      asking.send(alias, Octets.ofText("may it?", StandardCharsets.UTF_8));
      server.setSoTimeout(10_000);
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      server.receive(packet);
      server.send(packet);
      assertThat(network.runUntil(() -> !inbox.datagrams.isEmpty(), Duration.ofSeconds(10)))
          .isTrue();
      assertThat(inbox.datagrams.get(0).from()).isEqualTo(alias);
      assertThat(exchange(client, gateway.real(), "still there?")).isEqualTo("still there?");
    }
  }

  @Test
  void anAliasOfARealServerThatIsNotThereReportsThat() throws Exception {
    InetSocketAddress alias = new InetSocketAddress("192.0.2.18", 1812);
    DatagramSocket gone = new DatagramSocket(ANY_PORT);
    InetSocketAddress nobody = (InetSocketAddress) gone.getLocalSocketAddress();
    gone.close();
    try (SocketsNetwork network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      network.openExit("dmz", alias, nobody);
      Inbox inbox = new Inbox();
      network
          .host("server")
          .bindUdp(0, inbox)
          .send(alias, Octets.ofText("hello", StandardCharsets.UTF_8));
      assertThat(network.runUntil(() -> !inbox.errors.isEmpty(), Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void aRealPortInUseIsNamed() throws Exception {
    try (SocketsNetwork network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1));
        DatagramSocket taken = new DatagramSocket(ANY_PORT)) {
      InetSocketAddress real = (InetSocketAddress) taken.getLocalSocketAddress();
      assertThatThrownBy(() -> network.openGateway("internet", real, SERVER))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + real.getPort());
    }
  }

  @Test
  void aClosedGatewaysPortIsFreeAtOnce() throws Exception {
    try (SocketsNetwork network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      for (int i = 0; i < 20; i++) {
        Gateway gateway = network.openGateway("internet", ANY_PORT, SERVER);
        network.close(gateway);
        new DatagramSocket(gateway.real()).close();
      }
    }
  }

  @Test
  void aClosedNetworkLeavesNoPortAndNoThread() throws Exception {
    SocketsNetwork network = new SocketsNetwork(new Labs.Builder().topology(), Labs.seed(1));
    Thread loop = network.call(Thread::currentThread);
    network.host("server").bindUdp(500, new Inbox.Echo());
    Gateway gateway = network.openGateway("internet", ANY_PORT, SERVER);
    network.close();
    loop.join(10_000);
    assertThat(loop.isAlive()).isFalse();
    new DatagramSocket(gateway.real().getPort(), InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void onePeerAddressMayUseGatewaysOnSeveralSegments() throws Exception {
    Labs.Builder lab = new Labs.Builder();
    try (SocketsNetwork network = new SocketsNetwork(lab.topology(), Labs.seed(1));
        DatagramSocket first = new DatagramSocket(ANY_PORT);
        DatagramSocket second = new DatagramSocket(ANY_PORT)) {
      network.host("server").bindUdp(500, new Inbox.Echo());
      network.host("client").bindUdp(1812, new Inbox.Echo());
      Gateway ike = network.openGateway("internet", ANY_PORT, SERVER);
      Gateway radius =
          network.openGateway("home", ANY_PORT, new InetSocketAddress("192.168.1.10", 1812));
      for (int i = 0; i < 10; i++) {
        assertThat(exchange(first, ike.real(), "ike")).isEqualTo("ike");
        assertThat(exchange(second, radius.real(), "radius")).isEqualTo("radius");
      }
    }
  }
}
