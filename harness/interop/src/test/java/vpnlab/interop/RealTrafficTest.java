package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traffic through tunnels whose other end is strongSwan, each in a network of its own. */
@NeedsPeer({
  NeedsPeer.VPNLAB,
  "charon-systemd",
  "swanctl",
  "ip",
  "ping",
  "dig",
  "tshark",
  NeedsPeer.TUN
})
class RealTrafficTest {
  private static final int PINGS = 1000;
  private static final String FILES = "10.0.0.5";
  private static final String NAME_SERVER = "10.0.0.4";
  private static final Pattern RECEIVED =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"eap-mschapv2", "eap-tls"})
  void aThousandPingsOfStrongSwanCrossOurTunnelAndNamesAreResolved(String method) {
    Path capture = directory.resolve("capture");
    String scenario = "healthy-ikev2-" + method;
    try (NetworkNamespace network = NetworkNamespace.open()) {
      try (RunningLab lab = RunningLab.up(directory, scenario, "--capture", capture.toString());
          StrongSwanClient.Session session = connected(lab, method)) {
        ChildProcess.Ended pinged =
            network.run(directory, "ping", "-q", "-i", "0.002", "-c", "" + PINGS, "-W", "2", FILES);
        assertThat(received(pinged)).as(pinged + session.charon().log()).isEqualTo(PINGS);
        ChildProcess.Ended large =
            network.run(directory, "ping", "-q", "-s", "4000", "-c", "5", "-W", "2", FILES);
        assertThat(received(large)).as(large + "").isEqualTo(5);
        ChildProcess.Ended asked =
            network.run(
                directory, "dig", "+short", "+tries=2", "@" + NAME_SERVER, "files.corp.example");
        assertThat(asked.output().strip()).as(asked + "").isEqualTo(FILES);
        assertThat(decryptedEchoes(capture)).as("while the lab runs").isPositive();
        assertThat(lab.terminate().inTime()).isTrue();
      }
    }
    int decrypted = decryptedEchoes(capture);
    assertThat(decrypted).as("echo packets that Wireshark reads in ESP").isGreaterThan(2 * PINGS);
    assertThat(Tshark.inFolder(directory, capture, "isakmp.enc.decrypted", "frame.number"))
        .as("IKE messages that Wireshark decrypts")
        .hasSizeGreaterThan(8);
  }

  private StrongSwanClient.Session connected(RunningLab lab, String method) {
    StrongSwanClient client = lab.client().routingIntoTheTunnel();
    StrongSwanClient.Session session =
        (method.equals("eap-tls")
                ? client.eapTls(lab.user(), lab.clientCertificate())
                : client.eapMschapv2(lab.user(), lab.password()))
            .stay(directory);
    assertThat(session.result().established()).as(session.result().log()).isTrue();
    return session;
  }

  /**
   * With what the lab writes into the folder, as README says, and every integrity check value as it
   * should be.
   */
  private int decryptedEchoes(Path capture) {
    List<String> lines =
        Tshark.inFolder(directory, capture, "esp && icmp", "icmp.type", "esp.icv_bad");
    assertThat(lines)
        .as("wrong integrity check values")
        .noneMatch(line -> line.matches(".*\\|.*(1|True).*"));
    return lines.size();
  }

  private static int received(ChildProcess.Ended pinged) {
    Matcher matcher = RECEIVED.matcher(pinged.output());
    return matcher.find() ? Integer.parseInt(matcher.group(2)) : -1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"aes256-sha256", "aes128-sha384", "3des-sha1", "aes256gcm16", "aes128gcm16"})
  void strongSwanAndWeAgreeOnEverySuite(String suite) {
    try (NetworkNamespace network = NetworkNamespace.open();
        RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-mschapv2");
        StrongSwanClient.Session session =
            lab.client()
                .routingIntoTheTunnel()
                .protectingBy(suite)
                .eapMschapv2(lab.user(), lab.password())
                .stay(directory)) {
      assertThat(session.result().established()).as(session.result().log()).isTrue();
      ChildProcess.Ended pinged =
          network.run(directory, "ping", "-q", "-i", "0.01", "-c", "50", "-W", "2", FILES);
      assertThat(received(pinged)).as(pinged + session.charon().log()).isEqualTo(50);
    }
  }

  @Test
  void rekeyingByStrongSwanLosesNothing() {
    try (NetworkNamespace network = NetworkNamespace.open();
        RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-mschapv2");
        StrongSwanClient.Session session = connected(lab, "eap-mschapv2")) {
      ChildProcess pings =
          ChildProcess.start(
              ChildProcess.folder(directory, "ping"),
              "ping",
              List.of("ping", "-q", "-i", "0.01", "-c", "400", "-W", "2", FILES));
      for (int i = 0; i < 3; i++) {
        ChildProcess.Ended rekeyed =
            session
                .charon()
                .swanctl("rekey", Duration.ofSeconds(5), "--rekey", "--child", "tunnel");
        assertThat(rekeyed.well()).as(rekeyed + "").isTrue();
        String fresh = "CHILD_SA tunnel{" + (i + 2) + "} established";
        pings.awaitReady(Duration.ofSeconds(10), () -> session.charon().log().contains(fresh));
      }
      ChildProcess.Ended pinged = pings.await(Duration.ofSeconds(30));
      assertThat(received(pinged)).as(pinged + session.charon().log()).isEqualTo(400);
      assertThat(network).isNotNull();
    }
  }

  @Test
  @ExtendWith(OpensslPki.Shared.class)
  void aThousandPingsOfOursCrossStrongSwansTunnel(OpensslPki pki) {
    String name = "vpn.lab.test";
    try (NetworkNamespace network = NetworkNamespace.open();
        StrongSwanServer server =
            StrongSwanServer.named(name)
                .serving(pki.mint(CertificateRecipe.server(name)))
                .user("alice", "secret")
                .routingIntoTheTunnel()
                .start(directory)) {
      network.address("10.77.0.5/32");
      List<String> arguments =
          new ArrayList<>(
              List.of("diagnose", "--server", "127.0.0.1", "--server-name", name, "--ike-port"));
      arguments.addAll(List.of("" + server.port(), "--nat-port", "" + server.natPort()));
      arguments.addAll(List.of("--ca", pki.trustedRoot().toString(), "--auth", "eap-mschapv2"));
      arguments.addAll(List.of("--user", "alice", "--password", "secret"));
      arguments.addAll(List.of("--ping", "10.77.0.5", "--ping-count", "" + PINGS));
      arguments.addAll(List.of("--ping-interval", "2"));
      ChildProcess.Ended said = VpnLab.run(directory, Duration.ofSeconds(60), arguments);
      assertThat(said.errors()).contains("ping 10.77.0.5: 1000 of 1000 answered");
      assertThat(said.exitCode()).as(said + server.log()).isZero();
      assertThat(network).isNotNull();
    }
  }
}
