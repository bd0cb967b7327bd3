package vpnlab.lab.client;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import vpnlab.lab.host.CloudAccessEvents;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.MachineTrust;
import vpnlab.lab.host.NameLookup;
import vpnlab.lab.host.StoredKey;
import vpnlab.lab.spec.ConditionalAccess.Oops;
import vpnlab.network.http.HttpClient;
import vpnlab.network.http.HttpMessage;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.CertificationRequest;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.wire.Octets;

/**
 * Fetches the certificate for conditional access before a connection is dialed.
 *
 * <pre>
 *   asking --certificate--> dials      the certificate goes into the user's store
 *   asking --error--------> "Oops"     OK: asking again; X: dials without; no answer: the end
 *   asking --no answer----> dials      with what the user's store still has
 * </pre>
 */
public final class TokenBroker {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int HTTPS = 443;

  /** HRESULTs of the token broker. */
  private static final String INTERACTION = "0xCAA2000C The request requires user interaction.";

  private static final String NOT_RESOLVED = "0xCAA82EE7 The server name could not be resolved.";
  private static final String TIMED_OUT = "0xCAA82EE2 The request has timed out.";
  private static final String NO_CONNECTION =
      "0xCAA82EFD A connection with the server could not be established.";
  private static final String NOT_TRUSTED = "0xCAA82F8F The server's certificate is not in order.";

  private final Machine machine;
  private final NameLookup names;
  private final String cloud;
  private final String path;
  private final Supplier<KeyPair> keys;
  private final CloudAccessEvents events;

  /**
   * @param cloud the name of the cloud's service
   * @param path of the resource there
   * @param keys makes a key pair for each request
   */
  public TokenBroker(
      Machine machine,
      Optional<InetAddress> nameServer,
      String cloud,
      String path,
      Supplier<KeyPair> keys) {
    this.machine = machine;
    this.names = new NameLookup(machine, nameServer);
    this.cloud = cloud;
    this.path = path;
    this.keys = keys;
    this.events = new CloudAccessEvents(machine.log());
  }

  /** Hears what came of it, once. */
  public interface Listener {
    /** The connection is to be dialed, with a fresh certificate or without. */
    void dial();

    /** The cloud refuses, and its dialog stays on the screen. */
    void waiting();
  }

  /**
   * Asks for a certificate.
   *
   * @param user user principal name
   * @param answers how the user answers refusals, one after the other
   */
  public void obtain(String user, List<Oops> answers, Listener listener) {
    new Request(user, answers.iterator(), listener).ask();
  }

  private SslContext tls() {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.2")
          .trustManager(new MachineTrust(machine, cloud))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("the JDK has no TLS 1.2", e);
    }
  }

  private final class Request {
    private final String user;
    private final Iterator<Oops> answers;
    private final Listener listener;

    Request(String user, Iterator<Oops> answers, Listener listener) {
      this.user = user;
      this.answers = answers;
      this.listener = listener;
    }

    void ask() {
      KeyPair pair = keys.get();
      names
          .find(cloud)
          .addListener(
              (Future<InetAddress> found) -> {
                if (found.isSuccess()) {
                  send(new InetSocketAddress(found.getNow(), HTTPS), pair);
                } else {
                  unreachable(found.cause());
                }
              });
    }

    private void send(InetSocketAddress server, KeyPair pair) {
      ObjectNode json = JSON.createObjectNode();
      json.put("user", user);
      json.put("device", machine.name());
      json.put(
          "csr",
          Base64.getEncoder().encodeToString(CertificationRequest.of(user, pair).der().toArray()));
      new HttpClient(machine.network())
          .ask(
              server,
              new HttpMessage.Request(
                  "POST",
                  cloud,
                  path,
                  "application/json",
                  Octets.ofText(json.toString(), StandardCharsets.UTF_8)),
              Optional.of(tls()),
              LIMIT)
          .addListener(
              (Future<HttpMessage.Reply> asked) -> {
                if (asked.isSuccess()) {
                  read(asked.getNow(), pair);
                } else {
                  unreachable(asked.cause());
                }
              });
    }

    private void read(HttpMessage.Reply reply, KeyPair pair) {
      try {
        JsonNode json = JSON.readTree(reply.text());
        if (reply.good()) {
          keep(
              CertificateFields.decode(
                  Octets.of(Base64.getDecoder().decode(json.path("x5c").asString("")))),
              pair);
          listener.dial();
        } else {
          refused(json.path("error").asString(""), json.path("error_description").asString(""));
        }
      } catch (JacksonException | IllegalArgumentException | CertificateException e) {
        refused("invalid_response", "The cloud's answer cannot be read.");
      }
    }

    private void refused(String error, String description) {
      events.refused(INTERACTION, "Code: " + error + " Description: " + description, details());
      if (!answers.hasNext()) {
        listener.waiting();
      } else if (answers.next() == Oops.OK) {
        ask();
      } else {
        listener.dial();
      }
    }

    /** No refusal, hence no dialog: the connection is tried with what there is. */
    private void unreachable(Throwable cause) {
      String error =
          cause instanceof UnknownHostException
              ? NOT_RESOLVED
              : cause instanceof TimeoutException
                  ? TIMED_OUT
                  : cause instanceof SSLException ? NOT_TRUSTED : NO_CONNECTION;
      events.refused(error, "No token: " + cloud + " did not answer.", details());
      listener.dial();
    }

    /** A new certificate replaces the ones before it. */
    private void keep(X509Certificate certificate, KeyPair pair) {
      machine
          .stores()
          .removeIf(
              "user-my",
              entry ->
                  entry
                          .certificate()
                          .getIssuerX500Principal()
                          .equals(certificate.getIssuerX500Principal())
                      && CertificateFields.purposes(entry.certificate())
                          .orElse(List.of())
                          .contains(KeyPurpose.AAD_CONDITIONAL_ACCESS));
      machine
          .stores()
          .add(
              "user-my",
              new StoredKey(certificate, Optional.of(pair.getPrivate()), List.of(certificate)));
      events.issued(
          "Issuer: "
              + CertificateFields.issuer(certificate)
              + " Serial number: "
              + CertificateFields.serialNumber(certificate),
          details());
    }

    private String details() {
      return "User: "
          + user
          + " Device: "
          + machine.name()
          + " Authority: https://"
          + cloud
          + path
          + " Resource: VPN";
    }
  }
}
