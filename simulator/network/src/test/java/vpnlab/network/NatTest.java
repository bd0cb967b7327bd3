package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.path.Drop;
import vpnlab.network.topology.DestinationNat;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.SourceNat;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;

class NatTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);
  private static final Octets HELLO = Octets.ofText("hello", StandardCharsets.UTF_8);
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static VirtualNetwork network(SourceNat nat) {
    return new VirtualNetwork(new Labs.Builder().translated(nat).topology(), Labs.seed(1));
  }

  private static SourceNat forgettingAfter(Duration silence) {
    return SourceNat.onto("internet").withUdpMappingTimeout(silence);
  }

  @Test
  void oneInnerPortKeepsItsOuterPortForAllPeers() throws Exception {
    try (VirtualNetwork network = network(SourceNat.onto("internet"))) {
      Inbox server = new Inbox.Echo();
      Inbox stranger = new Inbox.Echo();
      network.host("server").bindUdp(500, server);
      network.host("stranger").bindUdp(500, stranger);
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(500, inbox);
      port.send(SERVER, HELLO);
      port.send(new InetSocketAddress("198.51.100.66", 500), HELLO);
      network.runUntilIdle(IDLE);
      assertThat(server.datagrams.get(0).from()).isEqualTo(stranger.datagrams.get(0).from());
      assertThat(inbox.datagrams).hasSize(2);
    }
  }

  @Test
  void aStrangerWhoWasNotWrittenToDoesNotGetIn() throws Exception {
    try (VirtualNetwork network = network(SourceNat.onto("internet"))) {
      Inbox server = new Inbox.Echo();
      network.host("server").bindUdp(500, server);
      Inbox inbox = new Inbox();
      network.host("client").bindUdp(500, inbox).send(SERVER, HELLO);
      network.runUntilIdle(IDLE);
      UdpPort stranger = network.host("stranger").bindUdp(500, new Inbox());
      stranger.send(server.datagrams.get(0).from(), HELLO);
      stranger.send(new InetSocketAddress("192.168.1.10", 500), HELLO);
      network.runUntilIdle(IDLE);
      assertThat(inbox.datagrams).hasSize(1);
    }
  }

  @Test
  void aMappingIsForgottenAfterItsSilenceAndThePeerIsShutOut() throws Exception {
    try (VirtualNetwork network = network(forgettingAfter(Duration.ofSeconds(30)))) {
      Inbox server = new Inbox();
      UdpPort serverPort = network.host("server").bindUdp(500, server);
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(500, inbox);
      port.send(SERVER, HELLO);
      network.runFor(Duration.ofSeconds(29));
      serverPort.send(server.datagrams.get(0).from(), HELLO);
      network.runFor(Duration.ofSeconds(1));
      assertThat(inbox.datagrams).as("within the time-out").hasSize(1);
      List<Drop> drops = new ArrayList<>();
      network.onDrop(drops::add);
      network.runFor(Duration.ofSeconds(30));
      serverPort.send(server.datagrams.get(0).from(), HELLO);
      network.runFor(Duration.ofSeconds(1));
      assertThat(inbox.datagrams).as("after the time-out").hasSize(1);
      assertThat(drops).extracting(Drop::where).containsExactly("home-router");
      port.send(SERVER, HELLO);
      network.runUntilIdle(IDLE);
      assertThat(server.datagrams.get(1).from()).isNotEqualTo(server.datagrams.get(0).from());
    }
  }

  @Test
  void anErrorAboutATranslatedPacketFindsItsSender() throws Exception {
    try (VirtualNetwork network = network(SourceNat.onto("internet"))) {
      Inbox inbox = new Inbox();
      network.host("client").bindUdp(500, inbox).send(SERVER, HELLO);
      network.runUntilIdle(IDLE);
      assertThat(inbox.errors).hasSize(1);
      assertThat(inbox.errors.get(0).kind()).isEqualTo(IcmpKind.PORT_UNREACHABLE);
      CapturedPacket last = network.captures("client").get(1);
      Ipv4Packet packet = Ipv4Packet.decode(last.ip());
      QuotedPacket quoted = IcmpMessage.decode(packet.payload()).quoted();
      Ipv4Packet sent = Ipv4Packet.decode(network.captures("client").get(0).ip());
      assertThat(quoted.payload()).isEqualTo(sent.payload());
    }
  }

  @Test
  void fragmentsThatOvertakeTheirFirstAreTranslatedToo() throws Exception {
    LinkProperties shuffling = LinkProperties.LAN.withReordering(0.5, Duration.ofMillis(5));
    Labs.Builder lab = new Labs.Builder().translated(SourceNat.onto("internet"));
    lab.home = shuffling;
    lab.internet(shuffling);
    try (VirtualNetwork network = new VirtualNetwork(lab.topology(), Labs.seed(1))) {
      network.host("server").bindUdp(500, new Inbox.Echo());
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(500, inbox);
      for (int i = 0; i < 100; i++) {
        port.send(SERVER, Octets.zeros(5000));
        network.runFor(Duration.ofMillis(20));
      }
      network.runUntilIdle(IDLE);
      assertThat(inbox.datagrams).hasSize(100);
    }
  }

  @Test
  void aForwardedPortLeadsInsideAndTheReplyBearsThePublicAddress() throws Exception {
    Labs.Builder lab = new Labs.Builder();
    lab.homeRouter(
        lab.homeRouter
            .with(SourceNat.onto("internet"))
            .with(DestinationNat.of("198.51.100.7", IpProtocol.UDP, 500, "192.168.1.10", 1500)));
    try (VirtualNetwork network = new VirtualNetwork(lab.topology(), Labs.seed(1))) {
      Inbox inner = new Inbox.Echo();
      network.host("client").bindUdp(1500, inner);
      Inbox inbox = new Inbox();
      UdpPort stranger = network.host("stranger").bindUdp(0, inbox);
      InetSocketAddress open = new InetSocketAddress("198.51.100.7", 500);
      stranger.send(open, HELLO);
      network.runUntilIdle(IDLE);
      assertThat(inner.datagrams.get(0).from()).isEqualTo(stranger.local());
      assertThat(inbox.datagrams).extracting(Inbox.Received::from).containsExactly(open);
    }
  }

  @Test
  void aWholePublicAddressOfTheRouterCanBeForwarded() throws Exception {
    Labs.Builder lab = new Labs.Builder();
    lab.homeRouter(
        lab.homeRouter
            .with(SourceNat.onto("internet"))
            .with(DestinationNat.of("198.51.100.8", "192.168.1.10")));
    try (VirtualNetwork network = new VirtualNetwork(lab.topology(), Labs.seed(1))) {
      network.host("client").bindUdp(4500, new Inbox.Echo());
      Inbox inbox = new Inbox();
      InetSocketAddress open = new InetSocketAddress("198.51.100.8", 4500);
      network.host("stranger").bindUdp(0, inbox).send(open, Octets.zeros(3000));
      network.runUntilIdle(IDLE);
      assertThat(inbox.datagrams).extracting(Inbox.Received::from).containsExactly(open);
    }
  }
}
