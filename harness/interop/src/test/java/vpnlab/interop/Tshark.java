package vpnlab.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Wireshark's opinion of a capture. */
final class Tshark {
  private static final String ERROR = "8388608";
  private static final int FIELDS = 6;

  private Tshark() {}

  /**
   * What it found.
   *
   * @param malformed frames that end too early or make no sense, with their summary
   * @param errors expert messages of severity error
   * @param ike frames with an IKE message
   * @param decrypted frames whose encrypted payload it could read
   */
  record Verdict(int packets, List<String> malformed, List<String> errors, int ike, int decrypted) {
    Verdict and(Verdict other) {
      return new Verdict(
          packets + other.packets,
          Stream.concat(malformed.stream(), other.malformed.stream()).toList(),
          Stream.concat(errors.stream(), other.errors.stream()).toList(),
          ike + other.ike,
          decrypted + other.decrypted);
    }
  }

  /**
   * The same capture as the senders saw it, and as the receivers did. A TCP segment that is there
   * as both saw it is a retransmission to Wireshark, and does not fit what it has reassembled.
   *
   * @return two captures
   */
  static List<Path> byDirection(Path parent, Path capture) {
    Path directory = ChildProcess.folder(parent, "directions");
    List<Path> captures = new ArrayList<>();
    for (Map.Entry<String, Integer> way : Map.of("received", 1, "sent", 2).entrySet()) {
      Path part = directory.resolve(way.getKey() + ".pcapng");
      String filter = "frame.packet_flags_direction == " + way.getValue();
      run(directory, List.of("-r", capture.toString(), "-Y", filter, "-w", part.toString()));
      captures.add(part);
    }
    return captures;
  }

  /**
   * Reads a capture.
   *
   * @param keys lines of {@code ikev2_decryption_table}
   * @param markedPorts UDP ports on which IKE carries the non-ESP marker (RFC 3948, section 2.2)
   *     besides 4500
   */
  static Verdict read(Path parent, Path capture, Optional<String> keys, int... markedPorts) {
    Path directory = ChildProcess.folder(parent, "tshark");
    keys.ifPresent(
        table ->
            ChildProcess.write(
                directory.resolve(".config/wireshark/ikev2_decryption_table"), table));
    List<String> command =
        new ArrayList<>(
            List.of(
                "-r",
                capture.toString(),
                "-T",
                "fields",
                "-E",
                "separator=|",
                "-e",
                "frame.number",
                "-e",
                "_ws.malformed",
                "-e",
                "_ws.expert.severity",
                "-e",
                "_ws.expert.message",
                "-e",
                "isakmp.exchangetype",
                "-e",
                "isakmp.enc.decrypted"));
    for (int port : markedPorts) {
      command.add("-d");
      command.add("udp.port==" + port + ",udpencap");
    }
    return verdict(run(directory, command));
  }

  /**
   * Reads fields of the packets of a folder that {@code up --capture} writes, with nothing but what
   * is in there.
   *
   * @return a line for each packet, its fields separated by bars
   */
  static List<String> inFolder(Path parent, Path folder, String filter, String... fields) {
    Path directory = ChildProcess.folder(parent, "tshark");
    List<String> command =
        new ArrayList<>(List.of("-r", folder.resolve("capture.pcapng").toString()));
    command.addAll(List.of("-Y", filter, "-T", "fields", "-E", "separator=|"));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    return run(directory, folder, command).lines().toList();
  }

  private static String run(Path directory, List<String> arguments) {
    return run(directory, directory.resolve(".config/wireshark"), arguments);
  }

  /** With the settings and keys of a configuration folder of Wireshark. */
  private static String run(Path directory, Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Program.named("tshark").toString()));
    command.addAll(arguments);
    ChildProcess.Ended ended =
        ChildProcess.run(
            directory,
            "tshark",
            Map.of("HOME", directory.toString(), "WIRESHARK_CONFIG_DIR", folder.toString()),
            Duration.ofSeconds(60),
            command);
    if (!ended.well()) {
      throw new IllegalStateException("tshark: " + ended.errors());
    }
    return ended.output();
  }

  private static Verdict verdict(String output) {
    List<String> malformed = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    int packets = 0;
    int ike = 0;
    int decrypted = 0;
    for (String line : output.lines().toList()) {
      String[] fields = line.split("\\|", -1);
      if (fields.length < FIELDS) {
        throw new IllegalStateException("tshark printed: " + line);
      }
      packets++;
      if (!fields[1].isEmpty()) {
        malformed.add(line);
      }
      if (List.of(fields[2].split(",")).contains(ERROR)) {
        errors.add(line);
      }
      ike += fields[FIELDS - 2].isEmpty() ? 0 : 1;
      decrypted += fields[FIELDS - 1].isEmpty() ? 0 : 1;
    }
    return new Verdict(packets, malformed, errors, ike, decrypted);
  }
}
