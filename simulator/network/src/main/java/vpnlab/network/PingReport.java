package vpnlab.network;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.ip.IcmpKind;

/**
 * What came of a series of echo requests.
 *
 * @param echoes one for each request, in the order of sending
 */
public record PingReport(InetAddress target, List<Echo> echoes) {
  /**
   * One request.
   *
   * @param sentAt since the series began
   * @param roundTrip empty when no reply came in time
   * @param error what a router or a host said; empty when nobody said anything
   * @param reporter who said so
   */
  public record Echo(
      Duration sentAt,
      Optional<Duration> roundTrip,
      Optional<IcmpKind> error,
      Optional<InetAddress> reporter) {}

  public PingReport {
    echoes = List.copyOf(echoes);
  }

  public int sent() {
    return echoes.size();
  }

  /** Requests that were answered; duplicates count once. */
  public int received() {
    return (int) echoes.stream().filter(echo -> echo.roundTrip().isPresent()).count();
  }

  /** The first error that somebody reported. */
  public Optional<IcmpKind> error() {
    return echoes.stream().flatMap(echo -> echo.error().stream()).findFirst();
  }
}
