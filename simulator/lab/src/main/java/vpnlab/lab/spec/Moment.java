package vpnlab.lab.spec;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A time that is either absolute or counted from the lab's beginning ({@code -1d}). */
public record Moment(Optional<Instant> absolute, Duration sinceStart) {
  /** Reads {@code -1d}, {@code +335d} or {@code 2026-01-15T09:00:00Z}. */
  public static Moment parse(String text) {
    if (text.contains("T")) {
      return new Moment(Optional.of(Instants.parse(text)), Duration.ZERO);
    }
    try {
      return afterStart(Durations.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is neither a time such as 2026-01-15T09:00:00Z nor counted from the lab's beginning such"
              + " as -1d or +335d",
          e);
    }
  }

  public static Moment afterStart(Duration sinceStart) {
    return new Moment(Optional.empty(), sinceStart);
  }

  /** The point in time for a lab that began at {@code start}. */
  public Instant from(Instant start) {
    return absolute.orElseGet(() -> start.plus(sinceStart));
  }
}
