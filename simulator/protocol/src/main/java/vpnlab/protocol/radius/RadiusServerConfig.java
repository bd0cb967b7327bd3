package vpnlab.protocol.radius;

import java.time.Duration;
import java.util.List;

/**
 * Whom a server answers.
 *
 * @param clients the first whose addresses match counts
 * @param memory how long an answer is kept for retransmitted requests, and a request may stay
 *     unanswered
 * @param maxRequests how many requests are remembered at most; beyond it the oldest are forgotten
 */
public record RadiusServerConfig(
    List<RadiusServerClient> clients, Duration memory, int maxRequests) {
  public RadiusServerConfig {
    clients = List.copyOf(clients);
    if (maxRequests < 1) {
      throw new IllegalArgumentException("maxRequests " + maxRequests);
    }
  }

  public RadiusServerConfig(List<RadiusServerClient> clients) {
    this(clients, Duration.ofSeconds(30), 4096);
  }
}
