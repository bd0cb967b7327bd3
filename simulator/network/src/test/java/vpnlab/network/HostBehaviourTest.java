package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.network.channel.Buffers;
import vpnlab.network.path.Drop;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.FirewallRule.Direction;
import vpnlab.network.topology.PortRange;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Network;

class HostBehaviourTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);
  private static final Octets HELLO = Octets.ofText("hello", StandardCharsets.UTF_8);
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static VirtualNetwork network(Labs.Builder lab) {
    return new VirtualNetwork(lab.topology(), Labs.seed(1));
  }

  @Test
  void anAddressWhereNobodyLivesIsUnreachableAfterThreeSeconds() throws Exception {
    try (VirtualNetwork network = network(new Labs.Builder())) {
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      port.send(new InetSocketAddress("203.0.113.99", 500), HELLO);
      assertThat(network.runUntil(() -> !inbox.errors.isEmpty(), IDLE)).isTrue();
      assertThat(inbox.errors.get(0).kind()).isEqualTo(IcmpKind.HOST_UNREACHABLE);
      assertThat(inbox.errors.get(0).reporter().getHostAddress()).isEqualTo("198.51.100.1");
      // Two links there, three seconds of asking, two links back.
      assertThat(network.clock().instant()).isEqualTo(Labs.EPOCH.plusSeconds(3).plusMillis(2));
    }
  }

  @Test
  void anAddressOutsideEverySegmentIsUnreachableAtTheFirstRouter() throws Exception {
    try (VirtualNetwork network = network(new Labs.Builder())) {
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      port.send(new InetSocketAddress("8.8.8.8", 53), HELLO);
      network.runUntilIdle(IDLE);
      assertThat(inbox.errors.get(0).kind()).isEqualTo(IcmpKind.NETWORK_UNREACHABLE);
      assertThat(inbox.errors.get(0).reporter().getHostAddress()).isEqualTo("192.168.1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClosedPortIsSilentOnlyInStealthBehindAFirewall(boolean firewallOn) throws Exception {
    Labs.Builder lab = new Labs.Builder();
    lab.server = lab.server.withStealth(true).with(firewallOn ? Firewall.of() : Firewall.OFF);
    try (VirtualNetwork network = network(lab)) {
      Inbox inbox = new Inbox();
      network.host("client").bindUdp(0, inbox).send(SERVER, HELLO);
      network.runUntilIdle(IDLE);
      assertThat(inbox.errors).hasSize(firewallOn ? 0 : 1);
    }
  }

  @Test
  void aStatefulFirewallLetsRepliesInAndNobodyElse() throws Exception {
    Firewall firewall = Firewall.stateful(FirewallRule.of("all-in", Direction.IN, Action.DROP));
    try (VirtualNetwork network = network(new Labs.Builder().client(firewall))) {
      List<Drop> drops = new ArrayList<>();
      network.onDrop(drops::add);
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(500, inbox);
      network.host("server").bindUdp(500, new Inbox.Echo());
      port.send(SERVER, Octets.zeros(4000));
      network.host("stranger").bindUdp(0, new Inbox()).send(port.local(), HELLO);
      network.runUntilIdle(IDLE);
      assertThat(inbox.datagrams).extracting(Inbox.Received::from).containsExactly(SERVER);
      assertThat(drops).extracting(Drop::rule).containsExactly("all-in");
    }
  }

  @Test
  void aStatefulRouterLetsRepliesAndTheirFragmentsThrough() throws Exception {
    Firewall firewall =
        Firewall.stateful(
            FirewallRule.of("inside", Direction.FORWARD, Action.ALLOW)
                .from(Ipv4Network.parse("192.168.1.0/24"), PortRange.ANY),
            FirewallRule.of("rest", Direction.FORWARD, Action.DROP));
    Labs.Builder lab = new Labs.Builder();
    lab.homeRouter(lab.homeRouter.with(firewall));
    try (VirtualNetwork network = network(lab)) {
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(500, inbox);
      network.host("server").bindUdp(500, new Inbox.Echo());
      port.send(SERVER, Octets.zeros(4000));
      network.host("stranger").bindUdp(0, new Inbox()).send(port.local(), HELLO);
      network.runUntilIdle(IDLE);
      assertThat(inbox.datagrams).extracting(Inbox.Received::from).containsExactly(SERVER);
    }
  }

  @Test
  void aRuleWithPortsLetsLaterFragmentsPass() throws Exception {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of("no-ike", Direction.FORWARD, Action.DROP)
                .protocol(IpProtocol.UDP)
                .toPort(500));
    try (VirtualNetwork network = network(new Labs.Builder().edge(firewall))) {
      network.host("client").bindUdp(0, new Inbox()).send(SERVER, Octets.zeros(4000));
      network.runUntilIdle(IDLE);
      assertThat(network.captures("server")).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 47})
  void rawPacketsTravelUnlessAFirewallKnowsTheirProtocol(int number) throws Exception {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of("no-gre", Direction.FORWARD, Action.DROP).protocol(IpProtocol.GRE));
    try (VirtualNetwork network = network(new Labs.Builder().edge(firewall))) {
      IpProtocol protocol = new IpProtocol(number);
      Inbox inbox = new Inbox();
      network.host("server").bindRaw(protocol, inbox);
      Channel client = network.host("client").bindRaw(protocol, new Inbox());
      InetSocketAddress to = new InetSocketAddress(SERVER.getAddress(), 0);
      client.writeAndFlush(new DatagramPacket(Buffers.of(HELLO), to));
      network.runUntilIdle(IDLE);
      assertThat(inbox.datagrams).hasSize(protocol.equals(IpProtocol.ESP) ? 1 : 0);
      assertThatThrownBy(() -> network.host("server").bindRaw(protocol, new Inbox()))
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void aHostAnswersAPing() throws Exception {
    try (VirtualNetwork network = network(new Labs.Builder())) {
      Inbox inbox = new Inbox();
      Channel client = network.host("client").bindRaw(IpProtocol.ICMP, inbox);
      Octets request = IcmpMessage.echoRequest(7, 1, HELLO).encode();
      InetSocketAddress to = new InetSocketAddress(SERVER.getAddress(), 0);
      client.writeAndFlush(new DatagramPacket(Buffers.of(request), to));
      network.runUntilIdle(IDLE);
      IcmpMessage reply = IcmpMessage.decode(inbox.datagrams.get(0).payload());
      assertThat(reply.kind()).isEqualTo(IcmpKind.ECHO_REPLY);
      assertThat(reply.echoIdentifier()).isEqualTo(7);
      assertThat(reply.body()).isEqualTo(HELLO);
    }
  }

  @Test
  void aDatagramThatIsTooLargeFailsAloneAndTheChannelStaysOpen() throws Exception {
    try (VirtualNetwork network = network(new Labs.Builder())) {
      UdpPort port = network.host("client").bindUdp(0, new Inbox());
      assertThat(port.send(SERVER, Octets.zeros(65_508)).cause())
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(port.channel().isActive()).isTrue();
      assertThat(port.send(SERVER, HELLO).isSuccess()).isTrue();
    }
  }

  @Test
  void twoNetworksInOneThreadShareNothing() throws Exception {
    try (VirtualNetwork one = network(new Labs.Builder());
        VirtualNetwork other = network(new Labs.Builder())) {
      one.host("server").bindUdp(500, new Inbox());
      other.host("server").bindUdp(500, new Inbox());
      one.runFor(Duration.ofHours(1));
      assertThat(other.clock().instant()).isEqualTo(Labs.EPOCH);
    }
  }
}
