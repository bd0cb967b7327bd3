package vpnlab.protocol.radius;

import java.time.Duration;
import java.util.List;

/**
 * Whom a server answers.
 *
 * @param service whether it takes Access-Requests or Accounting-Requests
 * @param clients the first whose addresses match counts
 * @param memory how long an answer is kept for retransmitted requests, and a request may stay
 *     unanswered
 * @param maxRequests how many requests are remembered at most; beyond it the oldest are forgotten
 * @param statusServer whether Status-Server is answered (RFC 5997); NPS does not
 */
public record RadiusServerConfig(
    RadiusService service,
    List<RadiusServerClient> clients,
    Duration memory,
    int maxRequests,
    boolean statusServer) {
  public RadiusServerConfig {
    clients = List.copyOf(clients);
    if (maxRequests < 1) {
      throw new IllegalArgumentException("maxRequests " + maxRequests);
    }
  }

  public RadiusServerConfig(List<RadiusServerClient> clients) {
    this(clients, Duration.ofSeconds(30), 4096);
  }

  /** An authentication server that does not answer Status-Server. */
  public RadiusServerConfig(List<RadiusServerClient> clients, Duration memory, int maxRequests) {
    this(RadiusService.AUTHENTICATION, clients, memory, maxRequests, false);
  }
}
