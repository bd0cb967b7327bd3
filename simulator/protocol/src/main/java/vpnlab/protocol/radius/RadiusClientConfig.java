package vpnlab.protocol.radius;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Whom a client asks, and from where.
 *
 * @param locals the client's own addresses and ports; each has room for 256 requests at a time per
 *     server
 * @param servers in the order in which they are asked
 * @param requireMessageAuthenticator whether also responses without EAP-Message need a
 *     Message-Authenticator
 */
public record RadiusClientConfig(
    List<InetSocketAddress> locals,
    List<RadiusServerAddress> servers,
    RetransmissionPolicy policy,
    boolean requireMessageAuthenticator) {
  public RadiusClientConfig {
    locals = List.copyOf(locals);
    servers = List.copyOf(servers);
    if (locals.isEmpty() || servers.isEmpty()) {
      throw new IllegalArgumentException("a RADIUS client needs an address and a server");
    }
  }
}
