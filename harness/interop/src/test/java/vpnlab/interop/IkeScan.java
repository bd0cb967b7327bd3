package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scanner's question to a responder. */
final class IkeScan {
  private IkeScan() {}

  /** What came back; {@code handshake}: an IKE_SA_INIT with a chosen proposal. */
  record Answer(boolean any, boolean handshake, String output) {}

  /** Sends an IKEv2 IKE_SA_INIT to that port of 127.0.0.1. */
  static Answer probe(Path parent, int port) {
    return probe(parent, List.of("--ikev2", "--sport=0", "--dport=" + port));
  }

  /** Puts the non-ESP marker of RFC 3948 before it, as on port 4500. */
  static Answer probeMarked(Path parent, int port) {
    return probe(parent, List.of("--ikev2", "--nat-t", "--sport=0", "--dport=" + port));
  }

  private static Answer probe(Path parent, List<String> options) {
    List<String> command = new ArrayList<>(List.of(Program.named("ike-scan").toString()));
    command.addAll(options);
    command.addAll(List.of("--retry=8", "--timeout=1000", "--backoff=1.2", "-M", "127.0.0.1"));
    ChildProcess.Ended ended =
        ChildProcess.run(
            ChildProcess.folder(parent, "scan"),
            "ike-scan",
            Map.of(),
            Duration.ofSeconds(30),
            command);
    String output = ended.output();
    boolean handshake = output.contains("1 returned handshake");
    return new Answer(
        handshake || output.contains("1 returned notify"), handshake, output + ended.errors());
  }
}
