package vpnlab.protocol.ike;

import java.time.Duration;

/**
 * When a request is sent again (RFC 7296 section 2.1 leaves it open; the numbers of {@link
 * #WINDOWS} are those of MS-IKEE for its delete message).
 *
 * @param first wait after the first transmission; every further wait is twice as long
 * @param cap longest wait
 * @param retransmissions how often to send again; after that one more wait, then it has failed
 */
public record RetransmissionPolicy(Duration first, Duration cap, int retransmissions) {
  /** 1, 2, 4, 8, 16, 16 and 16 seconds: 63 in all. */
  public static final RetransmissionPolicy WINDOWS =
      new RetransmissionPolicy(Duration.ofSeconds(1), Duration.ofSeconds(16), 6);

  public RetransmissionPolicy {
    if (first.isZero() || first.isNegative() || cap.compareTo(first) < 0 || retransmissions < 0) {
      throw new IllegalArgumentException("not a retransmission policy: " + first + " up to " + cap);
    }
  }

  /**
   * How long to wait for an answer.
   *
   * @param transmission the one just made, from 1
   */
  public Duration waitAfter(int transmission) {
    Duration wait = first;
    for (int i = 1; i < transmission && wait.compareTo(cap) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(cap) > 0 ? cap : wait;
  }

  /** From the first transmission until the request has failed. */
  public Duration total() {
    Duration total = Duration.ZERO;
    for (int i = 1; i <= retransmissions + 1; i++) {
      total = total.plus(waitAfter(i));
    }
    return total;
  }
}
