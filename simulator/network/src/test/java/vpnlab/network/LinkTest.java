package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.LinkProperties;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

class LinkTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);
  private static final int COUNT = 5000;

  /** Numbers of the datagrams that arrived when 0, 1, 2 ... were sent a millisecond apart. */
  private static List<Integer> arrivals(LinkProperties link, long seed) throws Exception {
    try (VirtualNetwork network =
        new VirtualNetwork(new Labs.Builder().internet(link).topology(), Labs.seed(seed))) {
      Inbox inbox = new Inbox();
      network.host("server").bindUdp(500, inbox);
      UdpPort port = network.host("client").bindUdp(0, new Inbox());
      for (int i = 0; i < COUNT; i++) {
        port.send(SERVER, new OctetWriter().u16(i).toOctets());
        network.runFor(Duration.ofMillis(1));
      }
      network.runUntilIdle(Duration.ofMinutes(1));
      List<Integer> result = new ArrayList<>();
      inbox.datagrams.forEach(d -> result.add(d.payload().at(0) << 8 | d.payload().at(1)));
      return result;
    }
  }

  @Test
  void aPerfectLinkDeliversEverythingOnceAndInOrder() throws Exception {
    List<Integer> arrived = arrivals(LinkProperties.LAN.withJitter(Duration.ofMillis(50)), 1);
    assertThat(arrived).hasSize(COUNT).isSorted();
  }

  @Test
  void tenPercentLossLosesATenth() throws Exception {
    assertThat(arrivals(LinkProperties.LAN.withLoss(0.1), 1).size())
        .isBetween((int) (COUNT * 0.88), (int) (COUNT * 0.92));
  }

  @Test
  void tenPercentDuplicationDeliversATenthTwice() throws Exception {
    List<Integer> arrived = arrivals(LinkProperties.LAN.withDuplication(0.1), 1);
    assertThat(arrived.size()).isBetween((int) (COUNT * 1.08), (int) (COUNT * 1.12));
    assertThat(arrived.stream().distinct()).hasSize(COUNT);
  }

  @Test
  void tenPercentReorderingLetsLaterOnesOvertakeATenth() throws Exception {
    List<Integer> arrived =
        arrivals(LinkProperties.LAN.withReordering(0.1, Duration.ofMillis(5)), 1);
    assertThat(arrived).hasSize(COUNT);
    long late = 0;
    int highest = -1;
    for (int number : arrived) {
      late += number < highest ? 1 : 0;
      highest = Math.max(highest, number);
    }
    assertThat(late).isBetween((long) (COUNT * 0.08), (long) (COUNT * 0.12));
  }

  @Test
  void theSameSeedGivesTheSameTraceAndAnotherAnother() throws Exception {
    List<CapturedPacket> first = trace(42);
    assertThat(first).hasSizeGreaterThan(100);
    assertThat(trace(42)).isEqualTo(first);
    assertThat(trace(43)).isNotEqualTo(first);
  }

  private static List<CapturedPacket> trace(long seed) throws Exception {
    LinkProperties link =
        LinkProperties.LAN
            .withJitter(Duration.ofMillis(3))
            .withLoss(0.1)
            .withDuplication(0.1)
            .withReordering(0.1, Duration.ofMillis(5));
    try (VirtualNetwork network =
        new VirtualNetwork(new Labs.Builder().internet(link).topology(), Labs.seed(seed))) {
      List<CapturedPacket> trace = new ArrayList<>();
      network.onCapture(trace::add);
      network.host("server").bindUdp(500, new Inbox.Echo());
      UdpPort port = network.host("client").bindUdp(0, new Inbox());
      for (int i = 0; i < 50; i++) {
        port.send(SERVER, Octets.zeros(i * 50));
        network.runFor(Duration.ofMillis(1));
      }
      network.runUntilIdle(Duration.ofMinutes(5));
      return trace;
    }
  }

  @Test
  void anHourOfWaitingCostsNextToNothing() throws Exception {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of("all", FirewallRule.Direction.FORWARD, FirewallRule.Action.DROP));
    try (VirtualNetwork network =
        new VirtualNetwork(new Labs.Builder().edge(firewall).topology(), Labs.seed(1))) {
      UdpPort port = network.host("client").bindUdp(0, new Inbox());
      for (int i = 0; i < 60; i++) {
        port.send(SERVER, Octets.zeros(100));
        network.runFor(Duration.ofSeconds(60));
      }
      NetworkStatistics statistics = network.statistics();
      assertThat(statistics.networkTime()).isEqualTo(Duration.ofHours(1));
      assertThat(statistics.networkTime().dividedBy(statistics.wallTime())).isGreaterThan(100);
      assertThat(statistics.packetsSent()).isEqualTo(60);
      assertThat(statistics.packetsDropped()).isEqualTo(60);
    }
  }
}
