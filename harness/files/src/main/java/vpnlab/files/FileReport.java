package vpnlab.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of one file of the folder.
 *
 * @param name relative to the folder
 * @param kind what it is
 * @param read whether anything in it was of use
 * @param summary how much was read, or why nothing
 * @param skipped the lines that could not be read
 */
public record FileReport(
    String name, FileKind kind, boolean read, String summary, SkippedLines skipped) {

  /** For people: the first lines that were skipped, then how many of each kind. */
  public List<String> complaints() {
    List<String> lines = new ArrayList<>();
    skipped.first().forEach(line -> lines.add(line.toString()));
    if (skipped.total() > skipped.first().size()) {
      List<String> counts = new ArrayList<>();
      for (Map.Entry<SkippedLines.Kind, Long> count : skipped.counts().entrySet()) {
        counts.add(count.getValue() + " " + count.getKey().title());
      }
      lines.add(skipped.total() + " skipped in all: " + String.join(", ", counts));
    }
    return lines;
  }
}
