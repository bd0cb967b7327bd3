package vpnlab.files;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines or records of a file that could not be read: the first ones with their place, all of them
 * counted by kind. Takes the same memory for ten as for ten million.
 */
public final class SkippedLines {
  private static final int SHOWN = 10;

  /**
   * A line that could not be read.
   *
   * @param line from 1
   */
  public record Skipped(long line, Kind kind, String why) {
    @Override
    public String toString() {
      return "line " + line + ": " + why;
    }
  }

  /** What may be wrong with a line. */
  public enum Kind {
    /** The last line has no end, or a value is cut off. */
    CUT_OFF("cut off"),
    /** A heading row that somebody pasted above the records. */
    HEADING("heading row"),
    /** NUL octets and other control characters: no text. */
    BINARY("binary"),
    /** Longer than any record can be. */
    TOO_LONG("too long"),
    /** Not the 60 or 66 columns of a record. */
    COLUMNS("wrong number of columns"),
    /** A value that its column cannot have. */
    VALUE("impossible value");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  private final List<Skipped> first = new ArrayList<>();
  private final Map<Kind, Long> counts = new TreeMap<>();

  void add(long line, Kind kind, String why) {
    counts.merge(kind, 1L, Long::sum);
    if (first.size() < SHOWN) {
      first.add(new Skipped(line, kind, why));
    }
  }

  /** The first few, in order. */
  public List<Skipped> first() {
    return Collections.unmodifiableList(first);
  }

  /** How many of each kind. */
  public Map<Kind, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
