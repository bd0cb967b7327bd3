package vpnlab.lab.host;

import io.netty.util.concurrent.Future;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import vpnlab.lab.spec.HttpUrl;
import vpnlab.network.http.HttpClient;
import vpnlab.network.http.HttpMessage;
import vpnlab.protocol.x509.CertificateFields;

/**
 * A machine's revocation lists, fetched over its network from where certificates say that they are
 * (RFC 5280, 4.2.1.13), and kept until they are too old.
 *
 * <p>Judgements of certificates cannot wait for the network. Therefore, as Windows' prefetching
 * does, lists are fetched ahead: at the service's start those that the machine's own certificates
 * name, which are of the authorities that its clients have, too; later each anew before it is too
 * old. A list that is asked for and was never tried is fetched for the next time.
 */
public final class RevocationLists {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration RETRY = Duration.ofMinutes(10);

  private static final int NOT_RESOLVED = 0x80072EE7; // ERROR_WINHTTP_NAME_NOT_RESOLVED
  private static final int TIMED_OUT = 0x80072EE2; // ERROR_WINHTTP_TIMEOUT
  private static final int CANNOT_CONNECT = 0x80072EFD; // ERROR_WINHTTP_CANNOT_CONNECT
  private static final int CONNECTION_ERROR = 0x80072EFE; // ERROR_WINHTTP_CONNECTION_ERROR
  private static final int BAD_STATUS = 0x80190000; // HTTP_E_STATUS, with the status added
  private static final int BAD_ENCODING = 0x80092002; // CRYPT_E_BAD_ENCODE

  private final Machine machine;
  private final NameLookup names;
  private final CertificateEvents events;
  private final Map<String, X509CRL> lists = new LinkedHashMap<>();
  private final Set<String> underWay = new HashSet<>();

  public RevocationLists(Machine machine, Optional<InetAddress> nameServer) {
    this.machine = machine;
    this.names = new NameLookup(machine, nameServer);
    this.events = new CertificateEvents(machine.log());
  }

  /** Fetches the lists that the machine's own certificates name. */
  public void prefetch() {
    Stream.of("machine-my", "machine-ca")
        .flatMap(store -> machine.stores().certificates(store).stream())
        .flatMap(certificate -> CertificateFields.crlDistributionPoints(certificate).stream())
        .distinct()
        .forEach(this::fetch);
  }

  /** All lists at hand, also those that are too old. */
  public List<X509CRL> atHand() {
    return List.copyOf(lists.values());
  }

  /** The list of the certificate's first distribution point that has one. */
  public Optional<X509CRL> of(X509Certificate certificate) {
    List<String> urls = CertificateFields.crlDistributionPoints(certificate);
    urls.stream().filter(url -> !lists.containsKey(url)).forEach(this::fetch);
    return urls.stream().filter(lists::containsKey).map(lists::get).findFirst();
  }

  private void fetch(String text) {
    HttpUrl url;
    try {
      url = HttpUrl.parse(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    if (!underWay.add(text)) {
      return;
    }
    events.listWanted(text);
    names
        .find(url.host())
        .addListener(
            (Future<InetAddress> found) -> {
              if (found.isSuccess()) {
                ask(text, url, found.getNow());
              } else {
                failed(text, NOT_RESOLVED);
              }
            });
  }

  private void ask(String text, HttpUrl url, InetAddress server) {
    new HttpClient(machine.network())
        .ask(
            new InetSocketAddress(server, url.port()),
            HttpMessage.Request.get(url.host(), url.path()),
            Optional.empty(),
            LIMIT)
        .addListener(
            (Future<HttpMessage.Reply> asked) -> {
              if (!asked.isSuccess()) {
                failed(text, error(asked.cause()));
              } else if (!asked.getNow().good()) {
                failed(text, BAD_STATUS + asked.getNow().status());
              } else {
                read(text, asked.getNow());
              }
            });
  }

  private static int error(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return TIMED_OUT;
    }
    return cause instanceof ConnectException ? CANNOT_CONNECT : CONNECTION_ERROR;
  }

  private void read(String url, HttpMessage.Reply reply) {
    X509CRL list;
    try {
      list =
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(reply.body().toArray()));
    } catch (CertificateException | CRLException e) {
      failed(url, BAD_ENCODING);
      return;
    }
    events.listRetrieved(url, 0);
    lists.put(url, list);
    Instant next = list.getNextUpdate() == null ? Instant.MAX : list.getNextUpdate().toInstant();
    if (machine.now().isBefore(next)) {
      // A little before it is due, so that no client finds the old one.
      Duration left = Duration.between(machine.now(), next);
      again(url, left.minus(left.dividedBy(20)));
    } else {
      again(url, RETRY);
    }
  }

  private void failed(String url, int error) {
    events.listRetrieved(url, error);
    again(url, RETRY);
  }

  private void again(String url, Duration delay) {
    machine
        .network()
        .eventLoop()
        .schedule(
            () -> {
              underWay.remove(url);
              fetch(url);
            },
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
  }
}
