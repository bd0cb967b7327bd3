package vpnlab.evidence;

import java.time.Instant;
import vpnlab.wire.Octets;

/**
 * A packet that a capture on a host's network interface saw.
 *
 * @param at true time of the network (captures are not fooled by a host's wrong clock)
 * @param host where the capture ran
 * @param tunnel the name of the tunnel interface where it was seen, so that it is an inner packet;
 *     empty for the host's real interfaces, where the same packet goes inside ESP
 * @param ip the whole IPv4 packet, header included; fragments appear one by one
 */
public record CapturedPacket(
    Instant at, String host, String tunnel, Direction direction, Octets ip) {
  /** A packet on one of the host's real interfaces. */
  public CapturedPacket(Instant at, String host, Direction direction, Octets ip) {
    this(at, host, "", direction, ip);
  }

  /** Whether it was seen on a real interface. */
  public boolean isOuter() {
    return tunnel.isEmpty();
  }

  /** Seen from the host where the capture ran. */
  public enum Direction {
    SENT,
    RECEIVED
  }
}
