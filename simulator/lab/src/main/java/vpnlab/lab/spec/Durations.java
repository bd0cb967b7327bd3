package vpnlab.lab.spec;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 20ms}, {@code 5s}, {@code -1d}, {@code +335d}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([+-]?)(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Throws {@link IllegalArgumentException} with the end of a sentence that began with the text.
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is not a duration such as 20ms, 5s, 2m, 3h or 10d");
    }
    long amount = Long.parseLong(matcher.group(2));
    Duration duration =
        switch (matcher.group(3)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return matcher.group(1).equals("-") ? duration.negated() : duration;
  }
}
