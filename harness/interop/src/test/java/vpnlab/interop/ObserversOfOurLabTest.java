package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ike-scan and Wireshark make of us. */
@NeedsPeer(NeedsPeer.VPNLAB)
class ObserversOfOurLabTest {
  private static final String HEALTHY = "healthy-ikev2-eap-mschapv2";

  @TempDir Path directory;

  @Test
  @NeedsPeer("ike-scan")
  void ikeScanGetsAnAnswerWithAndWithoutNonEspMarker() {
    try (RunningLab lab = RunningLab.up(directory, HEALTHY)) {
      IkeScan.Answer plain = IkeScan.probe(directory, lab.ikePort());
      assertThat(plain.any()).as(plain.output()).isTrue();
      IkeScan.Answer marked = IkeScan.probeMarked(directory, lab.natPort());
      assertThat(marked.any()).as(marked.output()).isTrue();
    }
  }

  @Test
  @NeedsPeer({"tshark", NeedsPeer.CAPTURE, "charon-systemd", "swanctl", NeedsPeer.TUN})
  void wiresharkReadsWhatWeSayToStrongSwanWithStrongSwansKeys() {
    try (RunningLab lab = RunningLab.up(directory, HEALTHY);
        PacketCapture capture = PacketCapture.start(directory, lab.ikePort(), lab.natPort())) {
      StrongSwanClient.Result result =
          lab.client().eapMschapv2(lab.user(), lab.password()).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
      isUnderstood(
          Tshark.read(directory, capture.stop(), result.keys(), lab.ikePort(), lab.natPort()));
    }
  }

  @Test
  @NeedsPeer("tshark")
  void wiresharkReadsOurOwnCaptureOfARunWithOurOwnKeyTable() throws IOException {
    Path report = directory.resolve("report");
    ChildProcess.Ended run =
        VpnLab.run(
            directory,
            Duration.ofSeconds(90),
            List.of("run", HEALTHY, "--report", report.toString()));
    assertThat(run.exitCode()).as(run.output() + run.errors()).isZero();
    List<Path> captures = files(report, ".pcapng");
    assertThat(captures).isNotEmpty();
    Optional<String> keys =
        files(report, "ikev2_decryption_table").stream().findFirst().map(ChildProcess::read);
    assertThat(keys).isPresent();
    for (Path capture : captures) {
      isUnderstood(Tshark.read(directory, capture, keys));
    }
  }

  private static void isUnderstood(Tshark.Verdict verdict) {
    assertThat(verdict.malformed()).isEmpty();
    assertThat(verdict.errors()).isEmpty();
    // IKE_SA_INIT in clear; then certificate, EAP identity, challenge, success and AUTH, both ways.
    assertThat(verdict.ike()).as("%s", verdict).isGreaterThanOrEqualTo(10);
    assertThat(verdict.decrypted()).as("%s", verdict).isGreaterThanOrEqualTo(8);
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
    }
  }
}
