package vpnlab.lab.spec;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Points in time as people write them in lab files. */
final class Instants {
  private Instants() {}

  static Instant parse(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("is not a time such as 2026-01-15T09:00:00Z", e);
    }
  }
}
