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

/** When an account may log on: days of the week and hours, in UTC as the directory stores them. */
public record LogonHours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public static final LogonHours ALWAYS =
      new LogonHours(EnumSet.allOf(DayOfWeek.class), LocalTime.MIN, LocalTime.MAX);

  private static final List<String> NAMES =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern FORM =
      Pattern.compile("([a-z]{3})(?:-([a-z]{3}))? (\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  public LogonHours {
    days = Set.copyOf(days);
  }

  /** Reads {@code always}, {@code sat 10:00-12:00} or {@code mon-fri 08:00-18:00}. */
  public static LogonHours parse(String text) {
    if (text.equals("always")) {
      return ALWAYS;
    }
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      int first = NAMES.indexOf(matcher.group(1));
      int last = matcher.group(2) == null ? first : NAMES.indexOf(matcher.group(2));
      if (first >= 0 && last >= first) {
        try {
          return new LogonHours(
              EnumSet.range(DayOfWeek.of(first + 1), DayOfWeek.of(last + 1)),
              LocalTime.parse(matcher.group(3)),
              LocalTime.parse(matcher.group(4)));
        } catch (DateTimeParseException e) {
          // falls through to the complaint
        }
      }
    }
    throw new IllegalArgumentException(
        "is neither 'always' nor hours (UTC) such as 'mon-fri 08:00-18:00'");
  }

  public boolean allow(Instant now) {
    OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
    return days.contains(time.getDayOfWeek())
        && !time.toLocalTime().isBefore(from)
        && time.toLocalTime().isBefore(to);
  }
}
