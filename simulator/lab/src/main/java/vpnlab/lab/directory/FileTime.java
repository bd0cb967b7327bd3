package vpnlab.lab.directory;

import java.time.Instant;

/** Windows' count of 100 ns since 1601 (MS-DTYP section 2.3.3), as the directory stores times. */
final class FileTime {
  /** In accountExpires: no end. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long SECONDS_TO_1970 = 11_644_473_600L;

  private FileTime() {}

  static long of(Instant time) {
    return (time.getEpochSecond() + SECONDS_TO_1970) * 10_000_000L + time.getNano() / 100;
  }

  static Instant toInstant(long value) {
    return Instant.ofEpochSecond(
        Math.floorDiv(value, 10_000_000L) - SECONDS_TO_1970,
        Math.floorMod(value, 10_000_000L) * 100);
  }
}
