package vpnlab.network.path;

import java.time.Duration;
import java.time.Instant;

/**
 * What is the same for a whole network.
 *
 * @param seed of every draw: loss, jitter, duplication, reordering, TCP's first sequence numbers
 * @param epoch true time when the network starts
 * @param resolutionTimeout how long a node asks for the address of a neighbour who is not there
 * @param captureLimit packets that each host's capture keeps, in at most 32 MiB; the oldest are
 *     forgotten
 */
public record FabricSettings(
    long seed, Instant epoch, Duration resolutionTimeout, int captureLimit) {
  /** Three seconds for an unknown neighbour, as Linux and Windows take (RFC 4861 section 10). */
  public static FabricSettings of(long seed, Instant epoch) {
    return new FabricSettings(seed, epoch, Duration.ofSeconds(3), 100_000);
  }
}
