package vpnlab.network;

import java.time.Duration;

/**
 * A series of echo requests.
 *
 * @param count how many
 * @param interval from one request to the next
 * @param timeout how long each may remain unanswered
 * @param size octets of data in each
 */
public record PingSettings(int count, Duration interval, Duration timeout, int size) {
  public PingSettings {
    if (count < 1 || size < 0 || size > 65_500) {
      throw new IllegalArgumentException(count + " pings of " + size + " octets");
    }
  }

  /** As Windows' ping: one a second, four seconds each, 32 octets. */
  public static PingSettings windows(int count) {
    return new PingSettings(count, Duration.ofSeconds(1), Duration.ofSeconds(4), 32);
  }

  public PingSettings withInterval(Duration value) {
    return new PingSettings(count, value, timeout, size);
  }

  public PingSettings withTimeout(Duration value) {
    return new PingSettings(count, interval, value, size);
  }

  public PingSettings withSize(int octets) {
    return new PingSettings(count, interval, timeout, octets);
  }
}
