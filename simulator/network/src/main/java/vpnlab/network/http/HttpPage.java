package vpnlab.network.http;

import java.nio.charset.StandardCharsets;
import vpnlab.wire.Octets;

/**
 * What a server has at a path.
 *
 * @param type a media type, e.g. {@code text/html; charset=utf-8}
 */
public record HttpPage(String type, Octets content) {
  public static HttpPage text(String content) {
    return new HttpPage(
        "text/plain; charset=utf-8", Octets.ofText(content, StandardCharsets.UTF_8));
  }
}
