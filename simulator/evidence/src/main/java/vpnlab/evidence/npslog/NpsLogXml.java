package vpnlab.evidence.npslog;

import java.util.Map;
import vpnlab.wire.MalformedMessageException;

/**
 * The DTS-compliant format of NPS's log: one {@code <Event>} element in a line, without XML
 * declaration and without a root element around the lines, so that a reader wraps the file in one.
 * Each value is a child element named after the attribute, with its type in {@code data_type}.
 * NPS's SQL logging sends the same element to the procedure {@code report_event}.
 */
public final class NpsLogXml {
  /** The element that has date and time in one. */
  static final String TIMESTAMP = "Timestamp";

  private static final int NUMBER = 0;
  private static final int TEXT = 1;
  private static final int OCTETS = 2;
  private static final int ADDRESS = 3;
  private static final int DATE_TIME = 4;

  private NpsLogXml() {}

  static boolean isColumn(String element) {
    return element.equals(TIMESTAMP) || NpsLogField.ofElement(element).isPresent();
  }

  /** One line, without its end. */
  public static String encode(NpsLogRecord record) {
    StringBuilder line = new StringBuilder(512).append("<Event>");
    String date = record.text(NpsLogField.RECORD_DATE);
    String time = record.text(NpsLogField.RECORD_TIME);
    if (!date.isEmpty() || !time.isEmpty()) {
      String millis = time.isEmpty() || time.indexOf('.') >= 0 ? "" : NpsLogText.ZERO_MILLIS;
      append(line, TIMESTAMP, DATE_TIME, (date + " " + time + millis).strip());
    }
    record
        .values()
        .forEach(
            (field, value) -> {
              if (field != NpsLogField.RECORD_DATE && field != NpsLogField.RECORD_TIME) {
                append(line, field.element(), dataType(field.kind(), value), value);
              }
            });
    for (Map.Entry<String, NpsLogRecord.Other> other : record.others().entrySet()) {
      append(line, other.getKey(), other.getValue().dataType(), other.getValue().text());
    }
    return line.append("</Event>").toString();
  }

  private static int dataType(NpsLogField.Kind kind, String value) {
    return switch (kind) {
      case NUMBER -> NUMBER;
      case ADDRESS -> ADDRESS;
      case DATE, TIME, DATE_TIME -> DATE_TIME;
      case TEXT -> value.startsWith("0x") ? OCTETS : TEXT;
    };
  }

  private static void append(StringBuilder line, String element, int dataType, String value) {
    line.append('<').append(element).append(" data_type=\"").append(dataType).append("\">");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> line.append("&amp;");
        case '<' -> line.append("&lt;");
        case '>' -> line.append("&gt;");
        default -> line.append(c);
      }
    }
    line.append("</").append(element).append('>');
  }

  /**
   * @param line without CR and LF
   * @throws MalformedMessageException if it is not one {@code Event} element of that shape, or if a
   *     value does not fit its column. Of an element that comes twice the first counts; a {@code
   *     data_type} that does not fit its column is ignored.
   */
  public static NpsLogRecord decode(String line) throws MalformedMessageException {
    return new NpsLogXmlParser(line).record();
  }
}
