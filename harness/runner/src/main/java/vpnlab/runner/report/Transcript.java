package vpnlab.runner.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import vpnlab.lab.TranscriptLine;

/** A transcript as text: one line for each thing that happened; equal runs give equal text. */
public final class Transcript {
  private Transcript() {}

  /** All lines, each ended by a newline. */
  public static String text(List<TranscriptLine> lines) {
    StringBuilder text = new StringBuilder();
    for (TranscriptLine line : lines) {
      String who = line.to().isEmpty() ? line.from() : line.from() + " -> " + line.to();
      text.append(time(line.at()))
          .append("  ")
          .append(String.format(Locale.ROOT, "%-7s ", line.kind().name().toLowerCase(Locale.ROOT)))
          .append(String.format(Locale.ROOT, "%-20s ", who))
          .append(line.text().strip().replaceAll("\\R\\s*", " / "))
          .append('\n');
    }
    return text.toString();
  }

  /** Seconds with milliseconds, nine characters wide. */
  static String time(Duration at) {
    return String.format(
        Locale.ROOT, "%4d.%03ds", at.toSeconds(), Math.floorMod(at.toMillis(), 1000L));
  }
}
