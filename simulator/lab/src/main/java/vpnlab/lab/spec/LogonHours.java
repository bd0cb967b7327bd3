package vpnlab.lab.spec;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vpnlab.wire.Octets;

/** When an account may log on: days of the week and hours, in UTC as the directory stores them. */
public record LogonHours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public static final LogonHours ALWAYS =
      new LogonHours(EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, LocalTime.MAX);

  public static final LogonHours NEVER = new LogonHours(Set.of(), LocalTime.MIN, LocalTime.MAX);

  private static final List<String> NAMES =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern FORM =
      Pattern.compile("([a-z]{3})(?:-([a-z]{3}))? (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  public LogonHours {
    days = Set.copyOf(days);
  }

  /**
   * Reads {@code always}, {@code never}, {@code sat 10:00-12:00} or {@code mon-fri 08:00-18:00}.
   */
  public static LogonHours parse(String text) {
    if (text.equals("always")) {
      return ALWAYS;
    } else if (text.equals("never")) {
      return NEVER;
    }
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      int first = NAMES.indexOf(matcher.group(1));
      int last = matcher.group(2) == null ? first : NAMES.indexOf(matcher.group(2));
      if (first >= 0 && last >= first) {
        try {
          LocalTime from = LocalTime.parse(matcher.group(3));
          LocalTime to =
              matcher.group(4).equals("24:00") ? LocalTime.MAX : LocalTime.parse(matcher.group(4));
          if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                "ends before it begins; hours that pass midnight are two, such as "
                    + "'fri 22:00-24:00' and 'sat 00:00-06:00'");
          }
          return new LogonHours(
              EnumSet.range(DayOfWeek.of(first + 1), DayOfWeek.of(last + 1)), from, to);
        } catch (DateTimeParseException e) {
          // falls through to the complaint
        }
      }
    }
    throw new IllegalArgumentException(
        "is neither 'always' nor 'never' nor hours (UTC) such as 'mon-fri 08:00-18:00'");
  }

  /**
   * The hours of a week as the directory stores them (attribute logonHours): 168 bits from Sunday
   * 00:00 UTC on, the lowest of each octet first. An hour that is allowed in part is allowed.
   */
  public Octets encode() {
    byte[] bits = new byte[21];
    for (int hour = 0; hour < 7 * 24; hour++) {
      LocalTime begin = LocalTime.of(hour % 24, 0);
      boolean allowed =
          days.contains(DayOfWeek.of((hour / 24 + 6) % 7 + 1))
              && begin.isBefore(to)
              && begin.plusMinutes(59).compareTo(from) >= 0;
      if (allowed) {
        bits[hour / 8] |= (byte) (1 << hour % 8);
      }
    }
    return Octets.of(bits);
  }

  /** Whether a week's hours as {@link #encode} writes them allow to log on now. */
  public static boolean allow(Octets week, Instant now) {
    OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
    int hour = time.getDayOfWeek().getValue() % 7 * 24 + time.getHour();
    return week.size() <= hour / 8 || (week.at(hour / 8) >> hour % 8 & 1) == 1;
  }

  public boolean allow(Instant now) {
    OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
    return days.contains(time.getDayOfWeek())
        && !time.toLocalTime().isBefore(from)
        && time.toLocalTime().isBefore(to);
  }
}
