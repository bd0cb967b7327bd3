package vpnlab.files;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What to look for in a folder of evidence.
 *
 * @param zone in which the NPS wrote the local times of its log
 * @param user only attempts of this account; empty for all
 * @param since only attempts that ended at or after this
 * @param until only attempts that began before this
 * @param limit how many failed attempts to keep, the latest of them
 * @param skew how far the clocks of the hosts may be apart
 */
public record FolderOptions(
    ZoneId zone,
    String user,
    Optional<Instant> since,
    Optional<Instant> until,
    int limit,
    Duration skew) {

  /** Seconds of NPS's local time. */
  long local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone).toEpochSecond(ZoneOffset.UTC);
  }

  /** The instant that NPS's local time stands for. */
  Instant instant(long localSeconds) {
    return LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC).atZone(zone).toInstant();
  }
}
