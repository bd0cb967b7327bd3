package vpnlab.lab.client;

import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.ProbeResult.Kind;
import vpnlab.lab.host.Machine;
import vpnlab.network.PingReport;
import vpnlab.network.PingSettings;
import vpnlab.network.dns.DnsResult;
import vpnlab.network.http.HttpClient;
import vpnlab.network.http.HttpMessage;
import vpnlab.network.http.HttpServer;
import vpnlab.wire.ip.Ipv4Address;

/** What a user runs on a client: ping, a look-up of a name, a browser. */
public final class Programs {
  /** After that a user takes a page for dead. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String TIMED_OUT = "timed out";

  private final Machine machine;
  private final NameResolution names;

  Programs(Machine machine, NameResolution names) {
    this.machine = machine;
    this.names = names;
  }

  /** Pings an address or a name; the future never fails. */
  public Future<ProbeResult> ping(String target, PingSettings settings) {
    Run run = new Run(Kind.PING, target);
    resolved(
        target,
        run,
        settings.count(),
        address ->
            machine
                .network()
                .ping(address, settings)
                .addListener((Future<PingReport> done) -> run.end(done.getNow())));
    return run.promise;
  }

  /** Looks a name up; the future never fails. */
  public Future<ProbeResult> resolve(String name) {
    Run run = new Run(Kind.RESOLVE, name);
    names.resolve(name, (result, text) -> run.end(result, text));
    return run.promise;
  }

  /**
   * Gets a page by HTTP; the future never fails.
   *
   * @throws IllegalArgumentException when that is no URL of the scheme http
   */
  public Future<ProbeResult> get(String url) {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("'" + url + "' is no http:// URL");
    }
    Run run = new Run(Kind.GET, url);
    int port = uri.getPort() < 0 ? HttpServer.PORT : uri.getPort();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    resolved(
        uri.getHost(),
        run,
        1,
        address ->
            HttpClient.get(
                    machine.network(),
                    new InetSocketAddress(address, port),
                    uri.getRawAuthority(),
                    path,
                    PATIENCE)
                .addListener((Future<HttpMessage.Reply> done) -> run.end(done)));
    return run.promise;
  }

  private interface WithAddress {
    void go(InetAddress address);
  }

  private void resolved(String target, Run run, int sent, WithAddress then) {
    if (target.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      then.go(Ipv4Address.parse(target).toInetAddress());
      return;
    }
    names.resolve(
        target,
        (result, text) -> {
          if (result instanceof DnsResult.Addresses found) {
            then.go(found.addresses().get(0));
          } else {
            run.end(sent, 0, "", "cannot resolve " + target + ": " + text);
          }
        });
  }

  /** One run of a program. */
  private final class Run {
    private final Instant began = machine.now();
    private final Kind kind;
    private final String target;
    private final Promise<ProbeResult> promise = machine.network().eventLoop().newPromise();

    Run(Kind kind, String target) {
      this.kind = kind;
      this.target = target;
    }

    void end(int sent, int received, String result, String error) {
      promise.trySuccess(
          new ProbeResult(began, machine.name(), kind, target, sent, received, result, error));
    }

    void end(PingReport report) {
      int lost = report.sent() - report.received();
      String heard =
          report.echoes().stream()
              .filter(echo -> echo.error().isPresent())
              .map(
                  echo ->
                      echo.error().get()
                          + " from "
                          + echo.reporter().orElseThrow().getHostAddress())
              .findFirst()
              .orElse(TIMED_OUT);
      end(
          report.sent(),
          report.received(),
          report.received() > 0 ? report.target().getHostAddress() : "",
          lost == 0
              ? ""
              : lost == report.sent() ? heard : lost + " of " + report.sent() + ": " + heard);
    }

    void end(DnsResult result, String text) {
      if (result instanceof DnsResult.Addresses) {
        end(1, 1, text, "");
      } else {
        end(1, 0, "", text);
      }
    }

    void end(Future<HttpMessage.Reply> done) {
      if (!done.isSuccess()) {
        end(1, 0, "", text(done.cause()));
        return;
      }
      HttpMessage.Reply reply = done.getNow();
      String status = reply.status() + " " + reply.reason();
      boolean good = reply.status() >= 200 && reply.status() < 400;
      end(1, good ? 1 : 0, status, good ? "" : "HTTP " + status);
    }
  }

  private static String text(Throwable failure) {
    if (failure instanceof ConnectTimeoutException || failure instanceof TimeoutException) {
      return TIMED_OUT;
    } else if (failure instanceof NoRouteToHostException) {
      return "no route to host";
    } else if (failure instanceof ConnectException) {
      return "connection refused";
    }
    return String.valueOf(failure.getMessage());
  }

  /** Asks for a name's addresses. */
  interface NameResolution {
    /**
     * @param then hears the result, and the addresses separated by {@code ;} or what is wrong
     */
    void resolve(String name, BiConsumer<DnsResult, String> then);

    static String text(DnsResult result) {
      if (result instanceof DnsResult.Addresses found) {
        return found.addresses().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(";"));
      } else if (result instanceof DnsResult.NameError) {
        return "no such name";
      } else if (result instanceof DnsResult.NoAddress) {
        return "the name has no address";
      } else if (result instanceof DnsResult.Failed failed) {
        return "the name server says " + failed.code();
      }
      return TIMED_OUT;
    }
  }
}
