package vpnlab.evidence.npslog;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vpnlab.wire.Octets;

/** How single values are printed in NPS's log. */
final class NpsLogText {
  private static final int MOST_DIGITS = 10;
  private static final Pattern DATE = Pattern.compile("([0-9]{2})/([0-9]{2})/([0-9]{4})");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{3}))?");
  private static final Pattern HEX = Pattern.compile("0[xX](?:[0-9a-fA-F]{2})*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  static final String ZERO_MILLIS = ".000";
  private static final int NANOS_PER_MILLI = 1_000_000;

  private NpsLogText() {}

  static boolean fits(NpsLogField.Kind kind, String value) {
    return !value.isEmpty()
        && switch (kind) {
          case TEXT, ADDRESS -> printable(value);
          case NUMBER -> isNumber(value);
          case DATE -> isDate(value);
          case TIME -> isTime(value);
          case DATE_TIME -> isDateTime(value);
        };
  }

  /** No control characters, and nothing that XML 1.0 (section 2.2) or UTF-8 cannot carry. */
  static boolean printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isISOControl(c) || Character.isSurrogate(c) || c >= '\ufffe') {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return value.length() <= MOST_DIGITS && Long.parseLong(value) <= 0xffff_ffffL;
  }

  private static boolean isDate(String value) {
    try {
      date(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Milliseconds of zero are not printed, so that equal times are equal texts. */
  private static boolean isTime(String value) {
    try {
      time(value);
      return !value.endsWith(ZERO_MILLIS);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDateTime(String value) {
    int blank = value.indexOf(' ');
    return blank > 0
        && isDate(value.substring(0, blank))
        && isTime(value.substring(blank + 1))
        && value.indexOf('.') < 0;
  }

  /** A time as the XML format has it, without milliseconds of zero. */
  static String withoutZeroMillis(String time) {
    return time.endsWith(ZERO_MILLIS)
        ? time.substring(0, time.length() - ZERO_MILLIS.length())
        : time;
  }

  /**
   * @throws DateTimeException if it is none
   */
  static LocalDate date(String value) {
    Matcher parts = DATE.matcher(value);
    if (!parts.matches()) {
      throw new DateTimeException("'" + value + "' is not MM/DD/YYYY");
    }
    return LocalDate.of(number(parts, 3), number(parts, 1), number(parts, 2));
  }

  /**
   * @throws DateTimeException if it is none
   */
  static LocalTime time(String value) {
    Matcher parts = TIME.matcher(value);
    if (!parts.matches()) {
      throw new DateTimeException("'" + value + "' is not HH:MM:SS");
    }
    int millis = parts.group(4) == null ? 0 : number(parts, 4);
    return LocalTime.of(
        number(parts, 1), number(parts, 2), number(parts, 3), millis * NANOS_PER_MILLI);
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  static String print(LocalDate date) {
    StringBuilder text = new StringBuilder(10);
    digits(text, date.getMonthValue(), 2).append('/');
    digits(text, date.getDayOfMonth(), 2).append('/');
    return digits(text, date.getYear(), 4).toString();
  }

  /** Milliseconds only where there are some. */
  static String print(LocalTime time) {
    StringBuilder text = new StringBuilder(12);
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2);
    int millis = time.getNano() / NANOS_PER_MILLI;
    return (millis == 0 ? text : digits(text.append('.'), millis, 3)).toString();
  }

  /** As {@link String#format} does with zeros in front, which is far slower. */
  private static StringBuilder digits(StringBuilder text, int number, int count) {
    String plain = Integer.toString(number);
    return text.append("0".repeat(Math.max(0, count - plain.length()))).append(plain);
  }

  static String hex(Octets octets) {
    return "0x" + octets.toHex().toUpperCase(Locale.ROOT);
  }

  static Octets octets(String value) {
    return HEX.matcher(value).matches()
        ? Octets.ofHex(value.substring(2))
        : Octets.ofText(value, StandardCharsets.UTF_8);
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
