package vpnlab.protocol.radius;

import java.time.Duration;

/**
 * How long a RADIUS client insists (RFC 2865, section 2.4, leaves it open).
 *
 * @param timeout after which a request is sent again, or to the next server
 * @param retransmissions to the same server, after the first transmission
 */
public record RetransmissionPolicy(Duration timeout, int retransmissions) {
  /** RRAS's time-out of 5 seconds, with two more tries before the next server's turn. */
  public static final RetransmissionPolicy RRAS =
      new RetransmissionPolicy(Duration.ofSeconds(5), 2);

  public RetransmissionPolicy {
    if (timeout.isNegative() || timeout.isZero() || retransmissions < 0) {
      throw new IllegalArgumentException(timeout + ", " + retransmissions);
    }
  }
}
