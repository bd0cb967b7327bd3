package vpnlab.evidence.npslog;

import java.util.List;
import vpnlab.wire.MalformedMessageException;

/**
 * The database-compatible format of NPS's log, which the console calls ODBC (Legacy): one record in
 * a line, 66 values between commas, without a heading row. Text stands in double quotes, a double
 * quote in it is doubled; numbers, dates and times stand without; what the packet did not carry is
 * nothing. The server ends lines with CR LF.
 */
public final class NpsLogCsv {
  private NpsLogCsv() {}

  /**
   * One line, without its end. Milliseconds and {@link NpsLogRecord#others} have no place in this
   * format.
   */
  public static String encode(NpsLogRecord record) {
    return encode(record, NpsLogField.COLUMNS);
  }

  /**
   * One line of the old format with 60 columns; the values of the six later columns are lost too.
   */
  public static String encodeShort(NpsLogRecord record) {
    return encode(record, NpsLogField.SHORT_COLUMNS);
  }

  private static String encode(NpsLogRecord record, int columns) {
    StringBuilder line = new StringBuilder(256);
    for (NpsLogField field : NpsLogField.all().subList(0, columns)) {
      if (field.ordinal() > 0) {
        line.append(',');
      }
      String value = record.text(field);
      if (!value.isEmpty()) {
        append(line, field.kind(), value);
      }
    }
    return line.toString();
  }

  private static void append(StringBuilder line, NpsLogField.Kind kind, String value) {
    if (kind.quoted()) {
      line.append('"').append(value.replace("\"", "\"\"")).append('"');
    } else {
      int fraction = value.indexOf('.');
      line.append(value, 0, fraction < 0 ? value.length() : fraction);
    }
  }

  /** The heading row that administrators put above the file; the server writes none. */
  public static String heading() {
    return String.join(",", NpsLogField.all().stream().map(NpsLogField::column).toList());
  }

  /**
   * @param line without CR and LF
   * @throws MalformedMessageException if it is not a record of 66 or 60 columns: a wrong count, a
   *     text without quotes, a number with them, an open quote, a control character. The exception
   *     names the column.
   */
  public static NpsLogRecord decode(String line) throws MalformedMessageException {
    List<NpsLogField> fields = NpsLogField.all();
    NpsLogRecord.Builder record = NpsLogRecord.builder();
    int at = 0;
    int column = 0;
    while (true) {
      NpsLogField field = column < fields.size() ? fields.get(column) : null;
      int end = endOfValue(line, at, field);
      if (field != null && end > at) {
        record.printed(field, value(field, line.substring(at, end)));
      }
      column++;
      if (end == line.length()) {
        break;
      }
      at = end + 1;
    }
    if (column != NpsLogField.COLUMNS && column != NpsLogField.SHORT_COLUMNS) {
      throw new MalformedMessageException("the record", "has " + column + " columns, not 66 or 60");
    }
    return record.build();
  }

  /** Where the comma after the value is, or the end of the line. */
  private static int endOfValue(String line, int from, NpsLogField field)
      throws MalformedMessageException {
    int at = from;
    if (at < line.length() && line.charAt(at) == '"') {
      at = line.indexOf('"', at + 1);
      while (at >= 0 && at + 1 < line.length() && line.charAt(at + 1) == '"') {
        at = line.indexOf('"', at + 2);
      }
      if (at < 0) {
        throw new MalformedMessageException(name(field), "has a quote that nothing closes");
      }
      at++;
      if (at < line.length() && line.charAt(at) != ',') {
        throw new MalformedMessageException(name(field), "goes on after its closing quote");
      }
      return at;
    }
    int comma = line.indexOf(',', at);
    return comma < 0 ? line.length() : comma;
  }

  private static String value(NpsLogField field, String printed) throws MalformedMessageException {
    boolean quoted = printed.charAt(0) == '"';
    if (quoted != field.kind().quoted()) {
      throw new MalformedMessageException(
          name(field), quoted ? "must not be in quotes" : "must be in quotes");
    }
    String value =
        quoted ? printed.substring(1, printed.length() - 1).replace("\"\"", "\"") : printed;
    if (!value.isEmpty() && !NpsLogText.fits(field.kind(), value)) {
      throw new MalformedMessageException(name(field), "cannot be " + shown(value));
    }
    if (!quoted && value.indexOf('.') >= 0) {
      throw new MalformedMessageException(name(field), "has a fraction of a second");
    }
    return value;
  }

  private static String name(NpsLogField field) {
    return field == null ? "the record" : "column " + (field.ordinal() + 1) + " (" + field + ")";
  }

  /** A message must not carry control characters to a terminal. */
  private static String shown(String value) {
    String start = value.length() > 40 ? value.substring(0, 40) + "..." : value;
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
