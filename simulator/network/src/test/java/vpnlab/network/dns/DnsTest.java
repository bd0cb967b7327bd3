package vpnlab.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.LabNetwork;
import vpnlab.network.SocketsNetwork;
import vpnlab.network.VirtualNetwork;
import vpnlab.network.path.FabricSettings;
import vpnlab.network.topology.Host;
import vpnlab.network.topology.Interface;
import vpnlab.network.topology.Segment;
import vpnlab.network.topology.Topology;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.ip.Ipv4Address;

class DnsTest {
  private static final Instant EPOCH = Instant.parse("2026-03-02T08:00:00Z");
  private static final Topology TOPOLOGY =
      new Topology(
          List.of(Segment.of("lan", "10.0.0.0/24")),
          List.of(
              Host.of("client", Interface.on("lan", "10.0.0.5")),
              Host.of("dns", Interface.on("lan", "10.0.0.53"))),
          List.of());
  private static final DnsZone ZONE =
      DnsZone.of(Map.of("vpn.corp.example", List.of(Ipv4Address.parse("203.0.113.10"))));

  private static DnsResult resolve(LabNetwork network, String name) {
    StubResolver resolver =
        new StubResolver(
            network.host("client"),
            new InetSocketAddress("10.0.0.53", DnsServer.PORT),
            StubResolverTimes.WINDOWS,
            RandomSource.seeded(1));
    return network.await(resolver.resolve(name), Duration.ofSeconds(30));
  }

  private static VirtualNetwork network() {
    return new VirtualNetwork(TOPOLOGY, FabricSettings.of(1, EPOCH));
  }

  @Test
  void aNameInTheZoneHasItsAddressInAnyCaseAndWithTrailingDot() throws Exception {
    try (VirtualNetwork network = network()) {
      DnsServer.start(network.host("dns"), ZONE);
      DnsResult expected =
          new DnsResult.Addresses(List.of(Ipv4Address.parse("203.0.113.10").toInetAddress()));
      assertThat(resolve(network, "vpn.corp.example")).isEqualTo(expected);
      assertThat(resolve(network, "VPN.Corp.Example.")).isEqualTo(expected);
    }
  }

  @Test
  void aNameOutsideTheZoneDoesNotExist() throws Exception {
    try (VirtualNetwork network = network()) {
      DnsServer.start(network.host("dns"), ZONE);
      assertThat(resolve(network, "vpm.corp.example")).isEqualTo(new DnsResult.NameError());
      assertThat(network.runUntilIdle(Duration.ofSeconds(1))).isTrue();
    }
  }

  @Test
  void aSilentServerIsAskedFiveTimesInTenSeconds() throws Exception {
    try (VirtualNetwork network = network()) {
      DnsServer.start(network.host("dns"), new DnsZone(ZONE.addresses(), true));
      assertThat(resolve(network, "vpn.corp.example")).isEqualTo(new DnsResult.TimedOut());
      assertThat(network.clock().instant()).isEqualTo(EPOCH.plusSeconds(10));
      assertThat(network.captures("client"))
          .extracting(CapturedPacket::at)
          .containsExactly(
              EPOCH,
              EPOCH.plusSeconds(1),
              EPOCH.plusSeconds(2),
              EPOCH.plusSeconds(4),
              EPOCH.plusSeconds(8));
    }
  }

  @Test
  void itIsTheSameOverRealSockets() throws Exception {
    try (LabNetwork network = new SocketsNetwork(TOPOLOGY, FabricSettings.of(1, EPOCH))) {
      DnsServer.start(network.host("dns"), ZONE);
      assertThat(resolve(network, "vpn.corp.example")).isInstanceOf(DnsResult.Addresses.class);
      assertThat(resolve(network, "other.example")).isEqualTo(new DnsResult.NameError());
    }
  }
}
