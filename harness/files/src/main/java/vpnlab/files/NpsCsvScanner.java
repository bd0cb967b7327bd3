package vpnlab.files;

import java.time.LocalDate;
import java.util.Optional;
import vpnlab.evidence.npslog.NpsLogField;

/**
 * Finds the columns of a comma-separated line without making strings. It is as strict as {@link
 * vpnlab.evidence.npslog.NpsLogCsv} about quotes, columns and control characters; of the values it
 * understands only those that {@link NpsLogRow} has.
 */
final class NpsCsvScanner {
  private static final int[] NEEDED = new int[NpsLogField.COLUMNS];
  private static final boolean[] QUOTED = new boolean[NpsLogField.COLUMNS];
  private static final int HOST = 1;
  private static final int DATE = 2;
  private static final int TIME = 3;
  private static final int PACKET_TYPE = 4;
  private static final int USER = 5;
  private static final int NAME = 6;
  private static final int REASON = 7;
  private static final int CLASS = 8;

  static {
    for (NpsLogField field : NpsLogField.all()) {
      QUOTED[field.ordinal()] = field.kind().quoted();
    }
    NEEDED[NpsLogField.COMPUTER_NAME.ordinal()] = HOST;
    NEEDED[NpsLogField.RECORD_DATE.ordinal()] = DATE;
    NEEDED[NpsLogField.RECORD_TIME.ordinal()] = TIME;
    NEEDED[NpsLogField.PACKET_TYPE.ordinal()] = PACKET_TYPE;
    NEEDED[NpsLogField.USER_NAME.ordinal()] = USER;
    NEEDED[NpsLogField.FULLY_QUALIFIED_NAME.ordinal()] = NAME;
    NEEDED[NpsLogField.REASON_CODE.ordinal()] = REASON;
    NEEDED[NpsLogField.CLASS.ordinal()] = CLASS;
  }

  private static final String HEADING_ROW = "is a heading row, not a record";

  private int lastDate;
  private long lastDay;

  /** The problem of the last line that {@link #scan} refused. */
  private SkippedLines.Kind kind = SkippedLines.Kind.VALUE;

  private String problem = "";

  SkippedLines.Kind kind() {
    return kind;
  }

  String problem() {
    return problem;
  }

  /**
   * Fills the row from its line.
   *
   * @return false when the line is no record; {@link #kind} and {@link #problem} say why
   */
  boolean scan(NpsLogRow row) {
    byte[] buffer = row.buffer;
    int at = row.start;
    int end = row.end;
    int column = 0;
    clear(row);
    while (true) {
      if (at < end && buffer[at] == ',') {
        int empty = OctetSearch.commas(buffer, at, end);
        at += empty;
        column += empty;
        continue;
      }
      if (column >= NpsLogField.COLUMNS) {
        return refuse(SkippedLines.Kind.COLUMNS, "has more than 66 columns");
      }
      if (at < end) {
        at = buffer[at] == '"' ? quoted(row, column, at) : unquoted(row, column, at);
        if (at < 0) {
          return false;
        }
      }
      column++;
      if (at >= end) {
        break;
      }
      at++;
    }
    return column == NpsLogField.COLUMNS
        || column == NpsLogField.SHORT_COLUMNS
        || refuse(SkippedLines.Kind.COLUMNS, "has " + column + " columns, not 66 or 60");
  }

  private static void clear(NpsLogRow row) {
    row.packetType = -1;
    row.reason = -1;
    row.localSeconds = 0;
    row.userEnd = row.userStart;
    row.nameEnd = row.nameStart;
    row.classEnd = row.classStart;
    row.hostEnd = row.hostStart;
  }

  /** The index of the comma after the value, or of the line's end; -1 when it is refused. */
  private int quoted(NpsLogRow row, int column, int from) {
    byte[] buffer = row.buffer;
    int end = row.end;
    int at = from + 1;
    while (true) {
      at = OctetSearch.quoteOrControl(buffer, at, end);
      if (at == end) {
        return stop(SkippedLines.Kind.CUT_OFF, name(column) + " has a quote that nothing closes");
      }
      if (buffer[at] != '"') {
        return stop(SkippedLines.Kind.BINARY, name(column) + " has control characters");
      }
      at++;
      if (at == end || buffer[at] == ',') {
        break;
      }
      if (buffer[at] != '"') {
        return stop(SkippedLines.Kind.VALUE, name(column) + " goes on after its closing quote");
      }
      at++;
    }
    if (!QUOTED[column]) {
      return isHeading(row)
          ? stop(SkippedLines.Kind.HEADING, HEADING_ROW)
          : stop(SkippedLines.Kind.VALUE, name(column) + " must not be in quotes");
    }
    if (NEEDED[column] != 0) {
      text(row, NEEDED[column], from + 1, at - 1);
    }
    return at;
  }

  /** Consists of digits and the marks of dates and times, which lie beside them in ASCII. */
  private int unquoted(NpsLogRow row, int column, int from) {
    byte[] buffer = row.buffer;
    int end = row.end;
    int at = from;
    while (at < end && buffer[at] != ',') {
      byte b = buffer[at];
      if ((b < '/' || b > ':') && b != ' ') {
        return stray(row, column, b);
      }
      at++;
    }
    if (QUOTED[column]) {
      return stop(SkippedLines.Kind.VALUE, name(column) + " must be in quotes");
    }
    if (NEEDED[column] != 0 && !number(row, NEEDED[column], from, at)) {
      return stop(SkippedLines.Kind.VALUE, name(column) + " has an impossible value");
    }
    return at;
  }

  private int stray(NpsLogRow row, int column, byte b) {
    if (b >= 0 && b < ' ' || b == 0x7f) {
      return stop(SkippedLines.Kind.BINARY, name(column) + " has control characters");
    }
    if (isHeading(row)) {
      return stop(SkippedLines.Kind.HEADING, HEADING_ROW);
    }
    return stop(
        SkippedLines.Kind.VALUE,
        name(column) + (QUOTED[column] ? " must be in quotes" : " has an impossible value"));
  }

  private static boolean isHeading(NpsLogRow row) {
    String start = NpsLogRow.decode(row.buffer, row.start, Math.min(40, row.length()));
    return start.replace("\"", "").startsWith("ComputerName,ServiceName");
  }

  private boolean refuse(SkippedLines.Kind kind, String problem) {
    this.kind = kind;
    this.problem = problem;
    return false;
  }

  private int stop(SkippedLines.Kind kind, String problem) {
    refuse(kind, problem);
    return -1;
  }

  private static String name(int column) {
    return "column " + (column + 1) + " (" + NpsLogField.all().get(column) + ")";
  }

  private static void text(NpsLogRow row, int what, int from, int to) {
    switch (what) {
      case HOST -> {
        row.hostStart = from;
        row.hostEnd = to;
      }
      case USER -> {
        row.userStart = from;
        row.userEnd = to;
      }
      case NAME -> {
        row.nameStart = from;
        row.nameEnd = to;
      }
      case CLASS -> {
        row.classStart = from;
        row.classEnd = to;
      }
      default -> throw new IllegalStateException("column " + what + " is no text");
    }
  }

  private boolean number(NpsLogRow row, int what, int from, int to) {
    byte[] buffer = row.buffer;
    switch (what) {
      case DATE:
        return date(row, buffer, from, to);
      case TIME:
        if (to - from != 8 || buffer[from + 2] != ':' || buffer[from + 5] != ':') {
          return false;
        }
        int hours = two(buffer, from);
        int minutes = two(buffer, from + 3);
        int seconds = two(buffer, from + 6);
        row.localSeconds += hours * 3600L + minutes * 60L + seconds;
        return hours >= 0
            && hours < 24
            && minutes >= 0
            && minutes < 60
            && seconds >= 0
            && seconds < 60;
      case PACKET_TYPE:
        row.packetType = whole(buffer, from, to);
        return row.packetType >= 0;
      case REASON:
        row.reason = whole(buffer, from, to);
        return row.reason >= 0;
      default:
        throw new IllegalStateException("column " + what + " is no number");
    }
  }

  /** Lines of one day follow one another: the date is worked out once for all of them. */
  private boolean date(NpsLogRow row, byte[] buffer, int from, int to) {
    if (to - from != 10 || buffer[from + 2] != '/' || buffer[from + 5] != '/') {
      return false;
    }
    int month = two(buffer, from);
    int day = two(buffer, from + 3);
    int century = two(buffer, from + 6);
    int year = two(buffer, from + 8);
    if (month < 1 || day < 1 || century < 0 || year < 0) {
      return false;
    }
    int date = ((century * 100 + year) * 100 + month) * 100 + day;
    if (date != lastDate) {
      Optional<LocalDate> known = calendar(century * 100 + year, month, day);
      if (known.isEmpty()) {
        return false;
      }
      lastDate = date;
      lastDay = known.get().toEpochDay() * 86_400L;
    }
    row.localSeconds += lastDay;
    return true;
  }

  private static Optional<LocalDate> calendar(int year, int month, int day) {
    try {
      return Optional.of(LocalDate.of(year, month, day));
    } catch (java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int two(byte[] buffer, int at) {
    int tens = buffer[at] - '0';
    int ones = buffer[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : tens * 10 + ones;
  }

  private static int whole(byte[] buffer, int from, int to) {
    int number = 0;
    if (to - from > 9) {
      return -1;
    }
    for (int i = from; i < to; i++) {
      int digit = buffer[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
