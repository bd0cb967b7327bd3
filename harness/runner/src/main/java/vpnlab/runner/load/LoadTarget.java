package vpnlab.runner.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A RADIUS server that is put under load.
 *
 * @param name for the table
 */
public record LoadTarget(String name, InetSocketAddress address, String secret) {
  /**
   * Reads {@code NAME=HOST:PORT:SECRET}.
   *
   * @throws IllegalArgumentException when it is anything else; the message says what is missing
   */
  public static LoadTarget parse(String text) {
    int equals = text.indexOf('=');
    String[] parts = text.substring(equals + 1).split(":", 3);
    if (equals < 1 || parts.length < 3 || !parts[1].matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'" + text + "' is not NAME=HOST:PORT:SECRET");
    }
    int port = Integer.parseInt(parts[1]);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("'" + text + "' has no port from 1 to 65535");
    }
    try {
      InetAddress host = InetAddress.getByName(parts[0]);
      return new LoadTarget(
          text.substring(0, equals), new InetSocketAddress(host, port), parts[2]);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' has an unknown host", e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return name + " at " + address;
  }
}
