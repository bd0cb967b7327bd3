package vpnlab.runner.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import vpnlab.lab.TranscriptLine;
import vpnlab.lab.TranscriptLine.Kind;

/**
 * A transcript as a ladder diagram: a column for each host, an arrow for each message, read from
 * top to bottom. A message that was dropped ends in {@code X}.
 *
 * <pre>
 *            laptop                        rras
 *    0.024s  | IKE_SA_INIT request: SA, KE, Nonce
 *            |--------------------------->|
 *    0.046s  |                            | * Security 4653 IKE negotiation failed
 * </pre>
 */
public final class Ladder {
  private static final int WIDTH = 100;
  private static final int MARGIN = 11;

  private final List<String> hosts;
  private final int step;
  private final int width;

  private Ladder(List<String> hosts, int width) {
    this.hosts = hosts;
    this.width = width;
    this.step = Math.min(34, (width - MARGIN) / Math.max(1, hosts.size()));
  }

  /** The diagram of a transcript, 100 characters wide. */
  public static String of(List<TranscriptLine> lines) {
    return of(lines, WIDTH);
  }

  /** The diagram of a transcript; {@code width} in characters. */
  public static String of(List<TranscriptLine> lines, int width) {
    if (lines.isEmpty()) {
      return "(nothing happened)\n";
    }
    return new Ladder(hosts(lines), width).draw(lines);
  }

  private static List<String> hosts(List<TranscriptLine> lines) {
    Set<String> hosts = new LinkedHashSet<>();
    for (TranscriptLine line : lines) {
      if (line.kind() == Kind.MESSAGE || line.kind() == Kind.DROP) {
        hosts.add(line.from());
        if (!line.to().isEmpty()) {
          hosts.add(line.to());
        }
      }
    }
    lines.forEach(line -> hosts.add(line.from()));
    hosts.remove("");
    return List.copyOf(hosts);
  }

  private String draw(List<TranscriptLine> lines) {
    StringBuilder out = new StringBuilder();
    char[] head = blank();
    for (int i = 0; i < hosts.size(); i++) {
      write(head, column(i), shortened(hosts.get(i), step - 1));
    }
    append(out, head);
    for (TranscriptLine line : lines) {
      drawLine(out, line);
    }
    return out.toString();
  }

  private void drawLine(StringBuilder out, TranscriptLine line) {
    int from = Math.max(0, hosts.indexOf(line.from()));
    int to = line.to().isEmpty() ? from : hosts.indexOf(line.to());
    boolean arrow = from != to && to >= 0;
    String sign = sign(line.kind(), arrow);
    int start = column(Math.min(from, arrow ? to : from)) + 2;
    // A column too far to the right leaves no room for words: they begin further left then.
    start = Math.min(start, Math.max(column(0) + 2, width - 44));
    boolean first = true;
    for (String words : wrapped(sign + line.text().strip(), width - start)) {
      char[] row = lifelines();
      if (first) {
        write(row, 0, Transcript.time(line.at()));
        first = false;
      }
      write(row, start, words);
      append(out, row);
    }
    if (arrow) {
      append(out, arrow(column(from), column(to), line.kind() == Kind.DROP));
    }
  }

  private static String sign(Kind kind, boolean arrow) {
    return switch (kind) {
      case MESSAGE -> "";
      case DROP -> arrow ? "dropped: " : "X dropped: ";
      case EVENT -> "* ";
      case NOTE -> "- ";
    };
  }

  private char[] arrow(int from, int to, boolean dropped) {
    char[] row = lifelines();
    int left = Math.min(from, to);
    int right = Math.max(from, to);
    Arrays.fill(row, left + 1, right, '-');
    if (from < to) {
      row[right - 1] = dropped ? 'X' : '>';
    } else {
      row[left + 1] = dropped ? 'X' : '<';
    }
    return row;
  }

  private int column(int host) {
    return MARGIN + host * step;
  }

  private char[] blank() {
    char[] row = new char[width];
    Arrays.fill(row, ' ');
    return row;
  }

  private char[] lifelines() {
    char[] row = blank();
    for (int i = 0; i < hosts.size(); i++) {
      row[column(i)] = '|';
    }
    return row;
  }

  private static void write(char[] row, int at, String text) {
    for (int i = 0; i < text.length() && at + i < row.length; i++) {
      row[at + i] = text.charAt(i);
    }
  }

  private static void append(StringBuilder out, char[] row) {
    out.append(new String(row).stripTrailing()).append('\n');
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(1, width));
  }

  /** Lines of at most {@code width} characters, broken at blanks where there are any. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\\R", -1)) {
      String rest = paragraph.stripTrailing();
      while (rest.length() > width) {
        int cut = rest.lastIndexOf(' ', width);
        if (cut < width / 3) {
          cut = width;
        }
        lines.add(rest.substring(0, cut).stripTrailing());
        rest = "  " + rest.substring(cut).strip();
      }
      lines.add(rest);
    }
    return lines;
  }
}
