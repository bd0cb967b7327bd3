package vpnlab.network.dns;

import java.time.Duration;
import java.util.List;

/**
 * When a stub resolver asks its only server, counted from the start.
 *
 * @param queriesAt of the first query and of each repetition
 * @param giveUpAt when it reports that nobody answered
 */
public record StubResolverTimes(List<Duration> queriesAt, Duration giveUpAt) {
  /** A Windows client with one server ("DNS client resolution timeouts", Microsoft Learn). */
  public static final StubResolverTimes WINDOWS =
      new StubResolverTimes(
          List.of(
              Duration.ZERO,
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(4),
              Duration.ofSeconds(8)),
          Duration.ofSeconds(10));

  public StubResolverTimes {
    queriesAt = List.copyOf(queriesAt);
  }
}
