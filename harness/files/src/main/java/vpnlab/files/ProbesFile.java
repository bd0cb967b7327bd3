package vpnlab.files;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vpnlab.evidence.ProbeResult;

/**
 * What a user tried once connected, in lines of eight columns between commas: {@code
 * Time,Host,Kind,Target,Sent,Received,Result,Error}, where Time is in ISO 8601 (UTC, by the host's
 * clock) and Kind is {@code ping}, {@code resolve} or {@code get}. This format is vpnlab's own,
 * easy to write by hand; only the last column may have commas.
 */
public final class ProbesFile {
  private static final String HEADING = "Time,Host,Kind,Target,Sent,Received,Result,Error";
  private static final int COLUMNS = 8;

  private ProbesFile() {}

  static boolean begins(String text) {
    return text.startsWith(HEADING);
  }

  /** Writes a file of that format. */
  public static void write(Path file, List<ProbeResult> probes) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print(HEADING + "\n");
      for (ProbeResult probe : probes) {
        String line =
            String.join(
                ",",
                probe.at().toString(),
                probe.host(),
                probe.kind().name().toLowerCase(Locale.ROOT),
                probe.target(),
                Integer.toString(probe.sent()),
                Integer.toString(probe.received()),
                probe.result(),
                probe.error());
        out.print(line + "\n");
      }
    }
  }

  /** Lines of another shape are reported and skipped. */
  static List<ProbeResult> read(Path file, SkippedLines skipped) throws IOException {
    List<ProbeResult> probes = new ArrayList<>();
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      try {
        probes.add(parse(lines.get(i).split(",", COLUMNS)));
      } catch (IllegalArgumentException | DateTimeException e) {
        skipped.add(i + 1L, SkippedLines.Kind.VALUE, "is not " + HEADING);
      }
    }
    return probes;
  }

  private static ProbeResult parse(String[] columns) {
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException(columns.length + " columns");
    }
    return new ProbeResult(
        Instant.parse(columns[0]),
        columns[1],
        ProbeResult.Kind.valueOf(columns[2].toUpperCase(Locale.ROOT)),
        columns[3],
        Integer.parseInt(columns[4]),
        Integer.parseInt(columns[5]),
        columns[6],
        columns[7]);
  }
}
