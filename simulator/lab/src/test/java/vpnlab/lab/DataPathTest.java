package vpnlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.evidence.Vantage;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;
import vpnlab.network.PingReport;
import vpnlab.network.PingSettings;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;

/** Traffic through a tunnel that is up. */
class DataPathTest {
  private static final SpecNode.Mapping HEALTHY =
      SpecFile.read(Path.of(System.getProperty("vpnlab.home"), "scenarios/labs/always-on.yaml"));

  private static final String BEHIND_NAT =
      "network: { hosts: { laptop: { interfaces: { internet: null, home: 192.168.1.20 } } } }";

  private static final PingSettings FAST =
      PingSettings.windows(20).withInterval(Duration.ofMillis(10));

  @ParameterizedTest
  @EnumSource(NetworkKind.class)
  void pingsOfAnIntranetHostAreAnsweredThroughTheTunnel(NetworkKind kind) {
    try (Lab lab = start(kind, "{}")) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      PingReport report = lab.ping("laptop", "10.0.0.5", FAST);
      assertThat(report.received()).as(print(lab)).isEqualTo(20);
      assertThat(outer(lab, "laptop", Direction.SENT, IpProtocol.ESP)).isEqualTo(20);
      assertThat(inner(lab, "laptop", "corp-ikev2")).hasSize(40);
      assertThat(inner(lab, "rras", "Internal")).hasSize(40);
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkKind.class)
  void behindNatEspGoesInUdp(NetworkKind kind) {
    try (Lab lab = start(kind, BEHIND_NAT)) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.ping("laptop", "10.0.0.5", FAST).received()).as(print(lab)).isEqualTo(20);
      assertThat(outer(lab, "laptop", Direction.SENT, IpProtocol.ESP)).isZero();
    }
  }

  @Test
  void withoutATunnelTheIntranetIsOutOfReach() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "{}")) {
      assertThat(lab.ping("laptop", "10.0.0.5", FAST).received()).isZero();
      lab.dial("laptop", "corp-ikev2");
      lab.hangUp("laptop");
      PingReport report = lab.ping("laptop", "10.0.0.5", FAST);
      assertThat(report.received()).isZero();
      assertThat(report.error()).contains(IcmpKind.NETWORK_UNREACHABLE);
    }
  }

  @Test
  void whatIsNotAmongTheRoutesStaysOutside() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "{}")) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.ping("laptop", "203.0.113.10", FAST).received()).isEqualTo(20);
      assertThat(inner(lab, "laptop", "corp-ikev2")).isEmpty();
    }
  }

  @Test
  void withoutRoutesEverythingGoesThroughTheTunnelButTheWayToTheServer() {
    try (Lab lab = start(NetworkKind.VIRTUAL, BEHIND_NAT)) {
      lab.dial("laptop", "corp-eap-tls");
      lab.ping("laptop", "198.51.100.53", FAST.withTimeout(Duration.ofSeconds(1)));
      assertThat(inner(lab, "rras", "Internal")).isNotEmpty();
      int before = inner(lab, "laptop", "corp-eap-tls").size();
      assertThat(lab.ping("laptop", "203.0.113.10", FAST).received()).isEqualTo(20);
      assertThat(inner(lab, "laptop", "corp-eap-tls")).hasSize(before);
    }
  }

  @Test
  void largePacketsAreFragmentedInsideTheTunnel() {
    try (Lab lab = start(NetworkKind.VIRTUAL, BEHIND_NAT)) {
      lab.dial("laptop", "corp-ikev2");
      PingReport report = lab.ping("laptop", "10.0.0.5", FAST.withSize(4000));
      assertThat(report.received()).as(print(lab)).isEqualTo(20);
      assertThat(inner(lab, "laptop", "corp-ikev2"))
          .filteredOn(packet -> packet.direction() == Direction.SENT)
          .hasSize(20 * 3)
          .allMatch(packet -> packet.ip().size() <= 1400);
    }
  }

  @Test
  void aMissingRouteBackLeavesPingsUnanswered() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "network: { routers: { core: { routes: null } } }")) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.ping("laptop", "10.0.0.5", FAST).received()).isZero();
      assertThat(inner(lab, "rras", "Internal")).hasSize(20);
    }
  }

  @Test
  void anAbsentIntranetHostIsReportedByRras() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "{}")) {
      lab.dial("laptop", "corp-ikev2");
      PingReport report = lab.ping("laptop", "10.0.0.99", FAST);
      assertThat(report.error()).contains(IcmpKind.HOST_UNREACHABLE);
    }
  }

  @Test
  void twoClientsReachEachOther() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "{}")) {
      lab.dial("laptop", "corp-ikev2");
      DialResult desktop = lab.dial("desktop", "corp-ikev2");
      assertThat(lab.ping("laptop", desktop.address(), FAST).received()).isEqualTo(20);
    }
  }

  @Test
  void aWebServerThatAFilterHidesTimesOutAndDoesNotRefuse() {
    String hidden =
        "network: { hosts: { files: { firewall: { no-web: { action: drop, direction: in,"
            + " protocol: tcp, destinationPort: 80 } } } } }";
    try (Lab lab = start(NetworkKind.VIRTUAL, hidden)) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.httpGet("laptop", "http://10.0.0.5/").error()).isEqualTo("timed out");
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkKind.class)
  void theUserResolvesIntranetNamesAndGetsPages(NetworkKind kind) {
    try (Lab lab = start(kind, BEHIND_NAT)) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.resolve("laptop", "files.corp.example").result()).isEqualTo("10.0.0.5");
      assertThat(lab.resolve("laptop", "vpn.corp.example").result()).isEqualTo("203.0.113.10");
      assertThat(lab.resolve("laptop", "nobody.corp.example").error()).isEqualTo("no such name");
      assertThat(lab.ping("laptop", "files.corp.example", 2).complete()).isTrue();
      assertThat(lab.httpGet("laptop", "http://files.corp.example/").result()).isEqualTo("200 OK");
      assertThat(lab.httpGet("laptop", "http://files.corp.example/x").error())
          .isEqualTo("HTTP 404 Not Found");
      assertThat(lab.httpGet("laptop", "http://10.0.0.4/").error()).isEqualTo("connection refused");
      assertThat(lab.evidence(Vantage.CLIENT, "laptop", "corp-ikev2").probes()).hasSize(7);
      assertThat(lab.evidence(Vantage.CLIENT, "desktop", "corp-ikev2").probes()).isEmpty();
    }
  }

  @Test
  void largePagesComeThroughTheTunnelAlthoughItsPacketsAreSmaller() {
    String page = "x".repeat(200_000);
    try (Lab lab = start(NetworkKind.VIRTUAL, "web: { pages: { /large: " + page + " } }")) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.httpGet("laptop", "http://files.corp.example/large").complete()).isTrue();
    }
  }

  @Test
  void aFirewallThatDropsEspInUdpLetsIkeThrough() {
    String rule = "{ action: drop, protocol: udp, espInUdp: true }";
    String patch =
        "network: { hosts: { laptop: { interfaces: { internet: null, home: 192.168.1.20 } } },"
            + " routers: { edge: { firewall: { esp: "
            + rule
            + " } } } }";
    try (Lab lab = start(NetworkKind.VIRTUAL, patch)) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.ping("laptop", "10.0.0.5", 4).error()).isEqualTo("timed out");
    }
  }

  private static long outer(Lab lab, String host, Direction direction, IpProtocol protocol) {
    return lab.captures().stream()
        .filter(packet -> packet.host().equals(host) && packet.isOuter())
        .filter(packet -> packet.direction() == direction)
        .filter(packet -> decoded(packet).protocol().equals(protocol))
        .count();
  }

  private static List<CapturedPacket> inner(Lab lab, String host, String tunnel) {
    return lab.captures().stream()
        .filter(packet -> packet.host().equals(host) && packet.tunnel().equals(tunnel))
        .toList();
  }

  private static Ipv4Packet decoded(CapturedPacket packet) {
    try {
      return Ipv4Packet.decode(packet.ip());
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  private static Lab start(NetworkKind kind, String patch) {
    SpecNode.Mapping document =
        (SpecNode.Mapping) HEALTHY.patchedBy(SpecFile.parse("test.yaml", patch));
    return Lab.start(LabSpec.of(document), kind, 7);
  }

  private static String print(Lab lab) {
    return lab.transcript().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}
