package vpnlab.network.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import vpnlab.wire.Octets;

/** What clients and servers of a lab say to each other; one of each a connection. */
public sealed interface HttpMessage {
  /** The content. */
  Octets body();

  /** The content as UTF-8. */
  default String text() {
    return new String(body().toArray(), StandardCharsets.UTF_8);
  }

  /**
   * @param method e.g. {@code GET}
   * @param authority the Host field: a name or an address, perhaps with a port
   * @param path with its query
   * @param contentType empty for no content
   */
  record Request(String method, String authority, String path, String contentType, Octets body)
      implements HttpMessage {
    public static Request get(String authority, String path) {
      return new Request("GET", authority, path, "", Octets.EMPTY);
    }
  }

  /**
   * @param status e.g. 200 (RFC 9110 section 15)
   * @param contentType empty for no content
   */
  record Reply(int status, String contentType, Octets body) implements HttpMessage {
    public static Reply of(int status, String contentType, String text) {
      return new Reply(status, contentType, Octets.ofText(text, StandardCharsets.UTF_8));
    }

    public static Reply notFound() {
      return of(404, "text/plain", "There is nothing here.\n");
    }

    /** The status in words, e.g. {@code OK}. */
    public String reason() {
      return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    public boolean good() {
      return status >= 200 && status < 300;
    }
  }
}
