package vpnlab.lab.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http URL of the plain kind that stands in certificates.
 *
 * @param host a name or an IPv4 address
 * @param path with its slash
 */
public record HttpUrl(String host, int port, String path) {
  private static final Pattern FORM =
      Pattern.compile("http://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(/[!-~]*)?");

  /** Throws {@link IllegalArgumentException} for anything else. */
  public static HttpUrl parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("is not a URL such as http://pki.corp.example/root.crl");
    }
    int port = matcher.group(2) == null ? 80 : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("has no port from 1 to 65535");
    }
    return new HttpUrl(matcher.group(1), port, matcher.group(3) == null ? "/" : matcher.group(3));
  }

  @Override
  public String toString() {
    return "http://" + host + (port == 80 ? "" : ":" + port) + path;
  }
}
