package vpnlab.network.path;

import java.time.Duration;

/** How long to wait for an acknowledgment (RFC 6298). */
final class RetransmissionTimeout {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LEAST = Duration.ofMillis(200);
  private static final Duration MOST = Duration.ofSeconds(60);

  private double smoothed = -1;
  private double variation;
  private int backoff;

  /** A round trip that no retransmission makes ambiguous. */
  void measured(long nanos) {
    if (smoothed < 0) {
      smoothed = nanos;
      variation = nanos / 2.0;
    } else {
      variation = 0.75 * variation + 0.25 * Math.abs(smoothed - nanos);
      smoothed = 0.875 * smoothed + 0.125 * nanos;
    }
    backoff = 0;
  }

  void elapsed() {
    backoff++;
  }

  void progressed() {
    backoff = 0;
  }

  Duration current() {
    double base = smoothed < 0 ? FIRST.toNanos() : smoothed + 4 * variation;
    double least = Math.max(base, LEAST.toNanos());
    return Duration.ofNanos((long) Math.min(least * Math.pow(2, backoff), MOST.toNanos()));
  }
}
