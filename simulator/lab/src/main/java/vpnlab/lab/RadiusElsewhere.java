package vpnlab.lab;

import java.net.InetSocketAddress;
import vpnlab.wire.ip.Ipv4Address;

/** A real RADIUS server in NPS's place. */
public record RadiusElsewhere(String address, int port, String secret) {
  /** Reads {@code HOST:PORT:SECRET}, the host as an IPv4 address. */
  public static RadiusElsewhere parse(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length == 3 && parts[1].matches("\\d{1,5}") && !parts[2].isEmpty()) {
      Ipv4Address.parse(parts[0]);
      int port = Integer.parseInt(parts[1]);
      if (port > 0 && port <= 65535) {
        return new RadiusElsewhere(parts[0], port, parts[2]);
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not HOST:PORT:SECRET");
  }

  InetSocketAddress real() {
    return Ipv4Address.parse(address).at(port);
  }
}
