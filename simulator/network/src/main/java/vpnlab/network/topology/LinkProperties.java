package vpnlab.network.topology;

import java.time.Duration;
import vpnlab.wire.ip.Fragmentation;

/**
 * What a segment does to each packet that crosses it. Every packet and every fragment is judged on
 * its own; the draws come from the network's seed.
 *
 * @param latency one way
 * @param jitter up to this much more, evenly distributed; it does not reorder
 * @param loss probability from 0 to 1
 * @param duplication probability from 0 to 1 that a packet arrives twice
 * @param reordering probability from 0 to 1 that a packet is held back by {@link #reorderingDelay},
 *     so that later ones overtake it
 * @param mtu largest IP packet in octets
 */
public record LinkProperties(
    Duration latency,
    Duration jitter,
    double loss,
    double duplication,
    double reordering,
    Duration reorderingDelay,
    int mtu) {
  /** A local wire: half a millisecond, 1500 octets, nothing lost. */
  public static final LinkProperties LAN =
      new LinkProperties(
          Duration.ofNanos(500_000), Duration.ZERO, 0, 0, 0, Duration.ofMillis(20), 1500);

  public LinkProperties {
    probability("loss", loss);
    probability("duplication", duplication);
    probability("reordering", reordering);
    if (latency.isNegative() || jitter.isNegative() || reorderingDelay.isNegative()) {
      throw new IllegalArgumentException("a delay is negative");
    }
    if (mtu < Fragmentation.MIN_MTU) {
      throw new IllegalArgumentException(
          "an MTU of " + mtu + " is below the " + Fragmentation.MIN_MTU + " that RFC 791 asks for");
    }
  }

  public LinkProperties withLatency(Duration value) {
    return new LinkProperties(value, jitter, loss, duplication, reordering, reorderingDelay, mtu);
  }

  public LinkProperties withJitter(Duration value) {
    return new LinkProperties(latency, value, loss, duplication, reordering, reorderingDelay, mtu);
  }

  public LinkProperties withLoss(double value) {
    return new LinkProperties(
        latency, jitter, value, duplication, reordering, reorderingDelay, mtu);
  }

  public LinkProperties withDuplication(double value) {
    return new LinkProperties(latency, jitter, loss, value, reordering, reorderingDelay, mtu);
  }

  public LinkProperties withReordering(double value, Duration delay) {
    return new LinkProperties(latency, jitter, loss, duplication, value, delay, mtu);
  }

  public LinkProperties withMtu(int octets) {
    return new LinkProperties(
        latency, jitter, loss, duplication, reordering, reorderingDelay, octets);
  }

  private static void probability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is " + value + ", must be from 0 to 1");
    }
  }
}
