package vpnlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.evidence.EventRecord;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;
import vpnlab.network.PingReport;
import vpnlab.network.PingSettings;
import vpnlab.wire.ip.Ipv4Address;

/** VPN Reconnect: a laptop goes from the internet to a home behind NAT, and back. */
class MoveTest {
  private static final SpecNode.Mapping HEALTHY =
      SpecFile.read(Path.of(System.getProperty("vpnlab.home"), "scenarios/labs/always-on.yaml"));

  private static final Ipv4Address AT_HOME = Ipv4Address.parse("192.168.1.20");
  private static final Ipv4Address ABROAD = Ipv4Address.parse("198.51.100.20");
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final PingSettings SERIES =
      PingSettings.windows(300).withInterval(INTERVAL).withTimeout(Duration.ofSeconds(1));

  @Test
  void thePingsOfAMoveLoseNoMoreThanTheOutage() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "{}")) {
      DialResult dialed = lab.dial("laptop", "corp-ikev2");
      Future<PingReport> pings = startPing(lab);
      lab.network().runFor(Duration.ofSeconds(3));
      Duration outage = Duration.ofSeconds(8);
      assertThat(lab.move("laptop", "home", AT_HOME, outage)).isEqualTo(dialed);
      PingReport home = lab.network().await(pings, Duration.ofMinutes(1));
      // One may be under way when the cable is pulled, and one round trip passes until ESP follows.
      assertThat(home.sent() - home.received()).as(print(lab)).isBetween(80, 82);
      Future<PingReport> back = startPing(lab);
      assertThat(lab.move("laptop", "internet", ABROAD, outage)).isEqualTo(dialed);
      PingReport abroad = lab.network().await(back, Duration.ofMinutes(1));
      assertThat(abroad.sent() - abroad.received()).as(print(lab)).isBetween(80, 82);
      assertThat(ids(lab, "laptop", "RasClient")).doesNotContain(20226);
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkKind.class)
  void withoutAnOutageAMoveTakesTheConnectionAlong(NetworkKind kind) {
    try (Lab lab = start(kind, "{}")) {
      DialResult dialed = lab.dial("laptop", "corp-ikev2");
      assertThat(lab.move("laptop", "home", AT_HOME, Duration.ZERO))
          .as(print(lab))
          .isEqualTo(dialed);
      PingReport report = lab.ping("laptop", "10.0.0.5", SERIES.withInterval(Duration.ofMillis(1)));
      assertThat(report.received()).as(print(lab)).isEqualTo(300);
    }
  }

  @Test
  void anOutageLongerThanTheServerWaitsEndsTheConnection() {
    String patient =
        "{ rras: { networkOutageTime: 120s }, clients: { laptop: { profiles: { corp-ikev2: {"
            + " networkOutageTime: 600s } } } } }";
    try (Lab lab = start(NetworkKind.VIRTUAL, patient)) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.move("laptop", "home", AT_HOME, Duration.ofSeconds(300)).code())
          .as(print(lab))
          .isEqualTo(829);
      assertThat(ids(lab, "laptop", "RasClient")).endsWith(20225, 20226);
      assertThat(ids(lab, "rras", "RemoteAccess")).endsWith(20272, 20275);
    }
  }

  @Test
  void anOutageWithinTheServersPatienceIsSurvivedHoweverLong() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "{}")) {
      DialResult dialed = lab.dial("laptop", "corp-ikev2");
      assertThat(lab.move("laptop", "home", AT_HOME, Duration.ofMinutes(25)))
          .as(print(lab))
          .isEqualTo(dialed);
      assertThat(lab.ping("laptop", "10.0.0.5", PingSettings.windows(3)).received()).isEqualTo(3);
    }
  }

  @Test
  void theClientGivesUpWhenItsOwnLimitHasPassed() {
    String impatient =
        "clients: { laptop: { profiles: { corp-ikev2: { networkOutageTime: 60s } } } }";
    try (Lab lab = start(NetworkKind.VIRTUAL, impatient)) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.move("laptop", "home", AT_HOME, Duration.ofSeconds(61)).code()).isEqualTo(829);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rras: { mobike: false }",
        "clients: { laptop: { profiles: { corp-ikev2: { mobike: false } } } }"
      })
  void withoutMobikeAConnectionDoesNotSurviveAnotherAddress(String patch) {
    try (Lab lab = start(NetworkKind.VIRTUAL, patch)) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(lab.move("laptop", "home", AT_HOME, Duration.ofSeconds(5)).code())
          .as(print(lab))
          .isEqualTo(829);
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).as("dialed again").isTrue();
    }
  }

  @Test
  void withoutMobikeAConnectionSurvivesAPulledCable() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "rras: { mobike: false }")) {
      DialResult dialed = lab.dial("laptop", "corp-ikev2");
      assertThat(lab.move("laptop", "internet", ABROAD, Duration.ofSeconds(20)))
          .as(print(lab))
          .isEqualTo(dialed);
      assertThat(lab.ping("laptop", "10.0.0.5", PingSettings.windows(3)).received()).isEqualTo(3);
    }
  }

  @Test
  void aClientBehindANatIsReachedForHours() {
    String behindNat =
        "network: { hosts: { laptop: { interfaces: { internet: null, home: 192.168.1.20 } } } }";
    try (Lab lab = start(NetworkKind.VIRTUAL, behindNat)) {
      DialResult dialed = lab.dial("laptop", "corp-ikev2");
      lab.network().runFor(Duration.ofHours(2));
      assertThat(lab.ping("nps", dialed.address(), PingSettings.windows(3)).received())
          .as(print(lab))
          .isEqualTo(3);
    }
  }

  @Test
  void anAddressThatIsTakenOrDoesNotFitIsRefused() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "{}")) {
      lab.dial("laptop", "corp-ikev2");
      assertThatThrownBy(() -> lab.move("laptop", "home", ABROAD, Duration.ZERO))
          .hasMessageContaining("198.51.100.20")
          .hasMessageContaining("home");
    }
  }

  private static Future<PingReport> startPing(Lab lab) {
    return lab.network().host("laptop").ping(Ipv4Address.parse("10.0.0.5").toInetAddress(), SERIES);
  }

  private static List<Integer> ids(Lab lab, String host, String source) {
    return lab.events().stream()
        .filter(event -> event.host().equals(host) && event.source().equals(source))
        .map(EventRecord::id)
        .toList();
  }

  private static Lab start(NetworkKind kind, String patch) {
    SpecNode.Mapping merged = (SpecNode.Mapping) HEALTHY.patchedBy(SpecFile.parse("patch", patch));
    return Lab.start(LabSpec.of(merged), kind, 4);
  }

  private static String print(Lab lab) {
    return lab.transcript().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}
