package vpnlab.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.lab.spec.Location;
import vpnlab.lab.spec.Problem;
import vpnlab.lab.spec.SpecException;

/**
 * A way in which remote access fails, or a fact to know when one looks for the reason, from {@code
 * scenarios/failure-modes.csv}. Scenarios name those that they cover in their {@code rows}.
 *
 * @param kind {@code failure}, {@code check} or {@code precondition}
 * @param tunnels the kinds of tunnel that can fail so, joined by {@code +}; {@code all}
 * @param stage where a connection ends
 * @param code the Windows error that the user sees; empty when he sees none
 * @param cause what is wrong, in a word
 * @param description what is wrong, in a line
 */
public record FailureMode(
    String id,
    String kind,
    String tunnels,
    String stage,
    String code,
    String cause,
    String description) {
  public static final String FAILURE = "failure";

  private static final String HEADING = "id,kind,tunnels,stage,code,cause,description";

  /**
   * All modes of the file, by id, in its order.
   *
   * @throws SpecException when the file is not what it should be
   */
  public static Map<String, FailureMode> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, FailureMode> modes = new LinkedHashMap<>();
    if (lines.isEmpty() || !lines.get(0).equals(HEADING)) {
      problems.add(problem(file, 1, "does not begin with the heading row", "write " + HEADING));
    }
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = cells(lines.get(i));
      if (cells.size() != 7) {
        problems.add(problem(file, i + 1, "has " + cells.size() + " columns", "write 7"));
        continue;
      }
      FailureMode mode =
          new FailureMode(
              cells.get(0),
              cells.get(1),
              cells.get(2),
              cells.get(3),
              cells.get(4),
              cells.get(5),
              cells.get(6));
      if (modes.putIfAbsent(mode.id(), mode) != null) {
        problems.add(problem(file, i + 1, "has the id " + mode.id() + " again", "choose another"));
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    return modes;
  }

  private static Problem problem(Path file, int line, String message, String suggestion) {
    return new Problem(new Location(file.toString(), line, 1), message, suggestion);
  }

  /** Values between commas; one with a comma in it stands in double quotes. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
