package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.path.Drop;
import vpnlab.network.path.IcmpError;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.FirewallRule.Direction;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.SourceNat;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.UdpDatagram;

class BothNetworksTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);
  private static final Octets HELLO = Octets.ofText("hello", StandardCharsets.UTF_8);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static FirewallRule rule(Direction direction, Action action) {
    return FirewallRule.of("no-ike", direction, action).protocol(IpProtocol.UDP).toPort(500);
  }

  /** What became of one datagram from client to server. */
  private static final class Exchange {
    final Inbox echo = new Inbox.Echo();
    final Inbox inbox = new Inbox();
    final List<Drop> drops = new ArrayList<>();
    final UdpPort port;

    Exchange(LabNetwork network) throws BindException {
      network.onDrop(drops::add);
      network.host("server").bindUdp(500, echo);
      port = network.host("client").bindUdp(0, inbox);
    }

    void send(Octets payload) {
      port.send(SERVER, payload);
    }

    boolean answered() {
      return !inbox.datagrams.isEmpty();
    }
  }

  /** A client that dials again closes its ports and binds them anew in one go. */
  @ParameterizedTest
  @EnumSource
  void aClosedPortIsFreeAtOnce(Kind kind) throws Exception {
    try (LabNetwork network = kind.open(new Labs.Builder())) {
      network.host("server").bindUdp(500, new Inbox.Echo());
      for (int i = 1; i <= 3; i++) {
        network.call(
            () -> {
              UdpPort first = network.host("client").bindUdp(500, new Inbox());
              first.send(SERVER, HELLO);
              first.close();
              return null;
            });
        Inbox mine = new Inbox();
        UdpPort again = network.call(() -> network.host("client").bindUdp(500, mine));
        again.send(SERVER, HELLO);
        assertThat(network.runUntil(() -> !mine.datagrams.isEmpty(), LIMIT)).isTrue();
        again.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void handlersSeeTheAddressesOfTheLab(Kind kind) throws Exception {
    try (LabNetwork network = kind.open(new Labs.Builder())) {
      Exchange exchange = new Exchange(network);
      exchange.send(HELLO);
      assertThat(network.runUntil(exchange::answered, LIMIT)).isTrue();
      InetSocketAddress client = exchange.port.local();
      assertThat(client.getHostString()).isEqualTo("192.168.1.10");
      assertThat(exchange.echo.datagrams)
          .containsExactly(new Inbox.Received(client, SERVER, HELLO));
      assertThat(exchange.inbox.datagrams)
          .containsExactly(new Inbox.Received(SERVER, client, HELLO));
    }
  }

  @ParameterizedTest
  @EnumSource
  void captureShowsWholePacketsThatDecode(Kind kind) throws Exception {
    try (LabNetwork network = kind.open(new Labs.Builder())) {
      Exchange exchange = new Exchange(network);
      exchange.send(HELLO);
      assertThat(network.runUntil(exchange::answered, LIMIT)).isTrue();
      List<CapturedPacket> captured = network.captures("server");
      assertThat(captured)
          .extracting(CapturedPacket::direction)
          .containsExactly(CapturedPacket.Direction.RECEIVED, CapturedPacket.Direction.SENT);
      Ipv4Packet packet = Ipv4Packet.decode(captured.get(0).ip());
      assertThat(packet.timeToLive()).isEqualTo(62);
      UdpDatagram datagram = UdpDatagram.decode(packet.payload());
      assertThat(datagram.isIntact(packet.source(), packet.destination())).isTrue();
      assertThat(datagram.payload()).isEqualTo(HELLO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheOwnFirewallDropsOutboundIsInNoCapture(Kind kind) throws Exception {
    Firewall firewall = Firewall.of(rule(Direction.OUT, Action.DROP));
    try (LabNetwork network = kind.open(new Labs.Builder().client(firewall))) {
      Exchange exchange = new Exchange(network);
      exchange.send(HELLO);
      assertThat(network.runUntil(() -> !exchange.drops.isEmpty(), LIMIT)).isTrue();
      Drop drop = exchange.drops.get(0);
      assertThat(drop.where()).isEqualTo("client");
      assertThat(drop.reason()).isEqualTo(Drop.Reason.FIREWALL_OUT);
      assertThat(drop.rule()).isEqualTo("no-ike");
      assertThat(network.captures("client")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheOwnFirewallDropsInboundIsInTheCapture(Kind kind) throws Exception {
    Firewall firewall = Firewall.of(rule(Direction.IN, Action.DROP));
    try (LabNetwork network = kind.open(new Labs.Builder().server(firewall))) {
      Exchange exchange = new Exchange(network);
      exchange.send(HELLO);
      assertThat(network.runUntil(() -> !exchange.drops.isEmpty(), LIMIT)).isTrue();
      assertThat(exchange.drops.get(0).reason()).isEqualTo(Drop.Reason.FIREWALL_IN);
      assertThat(network.captures("server")).hasSize(1);
      assertThat(exchange.echo.datagrams).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRejectRuleTellsTheSenderThatItIsProhibited(Kind kind) throws Exception {
    Firewall firewall = Firewall.of(rule(Direction.FORWARD, Action.REJECT));
    try (LabNetwork network = kind.open(new Labs.Builder().edge(firewall))) {
      Exchange exchange = new Exchange(network);
      exchange.send(HELLO);
      assertThat(network.runUntil(() -> !exchange.inbox.errors.isEmpty(), LIMIT)).isTrue();
      IcmpError error = exchange.inbox.errors.get(0);
      assertThat(error.kind()).isEqualTo(IcmpKind.ADMINISTRATIVELY_PROHIBITED);
      assertThat(error.remote()).isEqualTo(SERVER);
      assertThat(error.reporter().getHostAddress()).isEqualTo("198.51.100.1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedPortAnswersWithIcmpAndTheChannelStaysOpen(Kind kind) throws Exception {
    try (LabNetwork network = kind.open(new Labs.Builder())) {
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      port.send(SERVER, HELLO);
      assertThat(network.runUntil(() -> !inbox.errors.isEmpty(), LIMIT)).isTrue();
      assertThat(inbox.errors.get(0).kind()).isEqualTo(IcmpKind.PORT_UNREACHABLE);
      assertThat(inbox.errors.get(0).reporter()).isEqualTo(SERVER.getAddress());
      assertThat(port.channel().isActive()).isTrue();
      assertThat(inbox.exceptions).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void masqueradingHidesTheClientAndRepliesFindIt(Kind kind) throws Exception {
    Labs.Builder lab = new Labs.Builder().translated(SourceNat.onto("internet"));
    try (LabNetwork network = kind.open(lab)) {
      Exchange exchange = new Exchange(network);
      exchange.send(HELLO);
      assertThat(network.runUntil(exchange::answered, LIMIT)).isTrue();
      InetSocketAddress seen = exchange.echo.datagrams.get(0).from();
      assertThat(seen.getHostString()).isEqualTo("198.51.100.7");
      assertThat(seen.getPort()).isNotEqualTo(exchange.port.local().getPort());
      assertThat(exchange.inbox.datagrams)
          .containsExactly(new Inbox.Received(SERVER, exchange.port.local(), HELLO));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLargeDatagramIsFragmentedTranslatedAndReassembled(Kind kind) throws Exception {
    Labs.Builder lab =
        new Labs.Builder()
            .translated(SourceNat.onto("internet"))
            .internet(LinkProperties.LAN.withMtu(1000));
    Octets large = Octets.zeros(4000);
    try (LabNetwork network = kind.open(lab)) {
      Exchange exchange = new Exchange(network);
      exchange.send(large);
      assertThat(network.runUntil(exchange::answered, LIMIT)).isTrue();
      assertThat(exchange.inbox.datagrams.get(0).payload()).isEqualTo(large);
      assertThat(network.captures("client").stream().filter(BothNetworksTest::isSent)).hasSize(3);
      assertThat(network.captures("server").stream().filter(p -> !isSent(p)).count())
          .isGreaterThan(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRuleAgainstFragmentsLosesLargeDatagramsOnly(Kind kind) throws Exception {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of("no-fragments", Direction.FORWARD, Action.DROP).laterFragments());
    try (LabNetwork network = kind.open(new Labs.Builder().edge(firewall))) {
      Exchange exchange = new Exchange(network);
      exchange.send(Octets.zeros(2000));
      exchange.send(HELLO);
      assertThat(network.runUntil(exchange::answered, LIMIT)).isTrue();
      assertThat(exchange.inbox.datagrams)
          .extracting(Inbox.Received::payload)
          .containsExactly(HELLO);
      assertThat(exchange.drops).extracting(Drop::rule).containsExactly("no-fragments");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTakenPortIsNamed(Kind kind) throws Exception {
    try (LabNetwork network = kind.open(new Labs.Builder())) {
      UdpPort first = network.host("server").bindUdp(500, new Inbox());
      assertThatThrownBy(() -> network.host("server").bindUdp(500, new Inbox()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("500")
          .hasMessageContaining("server");
      first.close();
      assertThat(network.runUntil(() -> !first.channel().isOpen(), LIMIT)).isTrue();
      network.host("server").bindUdp(500, new Inbox());
    }
  }

  private static boolean isSent(CapturedPacket packet) {
    return packet.direction() == CapturedPacket.Direction.SENT;
  }
}
