package vpnlab.evidence;

import java.time.Instant;
import vpnlab.wire.Octets;

/**
 * A packet that a capture on a host's network interface saw.
 *
 * @param at true time of the network (captures are not fooled by a host's wrong clock)
 * @param host where the capture ran
 * @param ip the whole IPv4 packet, header included; fragments appear one by one
 */
public record CapturedPacket(Instant at, String host, Direction direction, Octets ip) {
  /** Seen from the host where the capture ran. */
  public enum Direction {
    SENT,
    RECEIVED
  }
}
