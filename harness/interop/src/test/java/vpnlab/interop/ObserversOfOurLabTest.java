package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What ike-scan and Wireshark make of us. */
@NeedsPeer(NeedsPeer.VPNLAB)
@ExtendWith(SharedLabs.Shared.class)
class ObserversOfOurLabTest {
  private static final String HEALTHY = "healthy-ikev2-eap-mschapv2";

  private static final List<String> RUNS =
      List.of(
          HEALTHY,
          "healthy-ikev2-behind-nat",
          "healthy-ikev2-server-behind-nat",
          "healthy-ikev2-eap-tls",
          "healthy-ikev2-ike-fragmentation",
          "ikev2-ip-fragments-dropped",
          "ikev2-radius-shared-secret-mismatch");

  @TempDir Path directory;

  @Test
  @NeedsPeer("ike-scan")
  void ikeScanGetsAHandshakeWithAndWithoutNonEspMarker(SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    IkeScan.Answer plain = IkeScan.probe(directory, lab.ikePort());
    assertThat(plain.handshake()).as(plain.output()).isTrue();
    IkeScan.Answer marked = IkeScan.probeMarked(directory, lab.natPort());
    assertThat(marked.handshake()).as(marked.output()).isTrue();
  }

  @Test
  @NeedsPeer({"tshark", NeedsPeer.CAPTURE, "charon-systemd", "swanctl", NeedsPeer.TUN})
  void wiresharkReadsWhatWeSayToStrongSwanWithStrongSwansKeys(SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    try (PacketCapture capture = PacketCapture.start(directory, lab.ikePort(), lab.natPort())) {
      StrongSwanClient.Result result =
          lab.client().eapMschapv2(lab.user(), lab.password()).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
      isUnderstood(
          Tshark.read(directory, capture.stop(), result.keys(), lab.ikePort(), lab.natPort()));
    }
  }

  /** Among them address translation, fragments of IKE's and of IP's, and refusals of each kind. */
  @Test
  @NeedsPeer("tshark")
  void wiresharkReadsOurOwnCapturesOfRunsWithOurOwnKeyTables() {
    Path report = directory.resolve("report");
    List<String> arguments = new ArrayList<>(List.of("run", "--report", report.toString()));
    arguments.addAll(RUNS);
    ChildProcess.Ended run = VpnLab.run(directory, Duration.ofSeconds(100), arguments);
    assertThat(run.exitCode()).as(run.output() + run.errors()).isZero();
    for (String scenario : RUNS) {
      Tshark.Verdict verdict = verdict(report.resolve(scenario));
      assertThat(verdict.packets()).as(scenario).isPositive();
      assertThat(verdict.malformed()).as(scenario).isEmpty();
      assertThat(verdict.errors()).as(scenario).isEmpty();
      if (scenario.startsWith("healthy-")) {
        isUnderstood(verdict);
      }
    }
  }

  @Test
  @NeedsPeer({"tshark", "charon-systemd", "swanctl", NeedsPeer.TUN})
  void wiresharkReadsTheReportOfALabThatWasUp() {
    Path report = directory.resolve("report");
    try (RunningLab lab =
        RunningLab.up(directory, "healthy-ikev2-behind-nat", "--report", report.toString())) {
      StrongSwanClient.Result result =
          lab.client().eapMschapv2(lab.user(), lab.password()).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
      assertThat(lab.terminate().inTime()).isTrue();
    }
    // Away from port 500 strongSwan sends the non-ESP marker always, and so to the lab's port 500.
    isUnderstood(verdict(report, 500));
  }

  /** What it says about all that the hosts have sent, and all that they have received. */
  private Tshark.Verdict verdict(Path report, int... markedPorts) {
    String keys = ChildProcess.read(report.resolve("ikev2_decryption_table"));
    return Tshark.byDirection(directory, report.resolve("capture.pcapng")).stream()
        .map(capture -> Tshark.read(directory, capture, Optional.of(keys), markedPorts))
        .reduce(Tshark.Verdict::and)
        .orElseThrow();
  }

  private static void isUnderstood(Tshark.Verdict verdict) {
    assertThat(verdict.malformed()).isEmpty();
    assertThat(verdict.errors()).isEmpty();
    // IKE_SA_INIT in clear; then certificate, EAP identity, challenge, success and AUTH, both ways.
    assertThat(verdict.ike()).as("%s", verdict).isGreaterThanOrEqualTo(10);
    assertThat(verdict.decrypted()).as("%s", verdict).isGreaterThanOrEqualTo(8);
  }
}
