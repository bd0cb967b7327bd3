package vpnlab.lab.servers;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import vpnlab.lab.host.Machine;
import vpnlab.lab.spec.CloudSpec;
import vpnlab.network.http.HttpMessage;
import vpnlab.network.http.HttpServer;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.protocol.x509.CertificateRecipe;
import vpnlab.protocol.x509.CertificationRequest;
import vpnlab.protocol.x509.IssuedCertificate;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.protocol.x509.KeyUsage;
import vpnlab.protocol.x509.Mint;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/**
 * The cloud's conditional access for VPN: over HTTPS it takes a PKCS#10 request from a user on a
 * device, judges both by its policy, and answers with a short-lived certificate for client
 * authentication that carries the purpose "AAD Conditional Access", or with the error that tells
 * the token broker why not. Who signed in, and on which device, it takes from the request: signing
 * in to the cloud is outside this lab.
 */
public final class CloudService {
  /** Where requests go. */
  public static final String PATH = "/vpn/certificate";

  /** Certificates begin a little earlier, for clocks that are a little behind. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Machine machine;
  private final CloudSpec spec;
  private final Mint mint;
  private final IssuedCertificate authority;

  /** A sign-in does not mind the case of letters. */
  private final Map<String, CloudSpec.CloudUserSpec> users =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private CloudService(Machine machine, CloudSpec spec, Mint mint, IssuedCertificate authority) {
    this.machine = machine;
    this.spec = spec;
    this.mint = mint;
    this.authority = authority;
    users.putAll(spec.users());
  }

  /**
   * Starts the service on port 443.
   *
   * @param identity with which it proves itself in TLS
   * @param authority which issues
   */
  public static void start(
      Machine machine,
      CloudSpec spec,
      Mint mint,
      IssuedCertificate identity,
      IssuedCertificate authority)
      throws BindException {
    CloudService service = new CloudService(machine, spec, mint, authority);
    HttpServer.start(machine.network(), 443, Optional.of(tls(identity)), service::answer);
  }

  private static SslContext tls(IssuedCertificate identity) {
    try {
      return SslContextBuilder.forServer(
              identity.privateKey(),
              identity.chain().stream()
                  .filter(c -> c.equals(identity.certificate()) || !c.equals(identity.root()))
                  .toList())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.2")
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("the cloud's own certificate", e);
    }
  }

  private HttpMessage.Reply answer(HttpMessage.Request request) {
    if (!request.path().equals(PATH)) {
      return HttpMessage.Reply.notFound();
    }
    String user;
    String device;
    CertificationRequest asked;
    try {
      JsonNode json = JSON.readTree(request.text());
      user = json.path("user").asString("");
      device = json.path("device").asString("");
      byte[] der = Base64.getDecoder().decode(json.path("csr").asString(""));
      asked = CertificationRequest.decode(Octets.of(der));
    } catch (JacksonException | IllegalArgumentException | MalformedMessageException e) {
      return refusal("invalid_request", "AADSTS90014: The request cannot be read.");
    }
    if (!asked.provesPossession() || !asked.commonName().equalsIgnoreCase(user)) {
      return refusal("invalid_request", "AADSTS900144: The certificate request is not in order.");
    }
    return judge(user, device).orElseGet(() -> granted(issue(user, asked)));
  }

  /** What the policy has against it, if anything. */
  private Optional<HttpMessage.Reply> judge(String user, String device) {
    CloudSpec.CloudUserSpec account = users.get(user);
    CloudSpec.DeviceSpec registered = spec.devices().get(device);
    if (account == null) {
      return Optional.of(
          refusal("invalid_grant", "AADSTS50034: The user account does not exist here."));
    } else if (spec.policy().compliantDevice() && registered == null) {
      return Optional.of(
          refusal("interaction_required", "AADSTS53000: The device is not registered."));
    } else if (spec.policy().compliantDevice() && !registered.compliant()) {
      return Optional.of(
          refusal(
              "interaction_required",
              "AADSTS53000: The device is not in the required state: compliant."));
    } else if (spec.policy().multiFactor() && !account.multiFactor()) {
      return Optional.of(
          refusal(
              "interaction_required",
              "AADSTS50076: Multi-factor authentication is required and was not done."));
    }
    return Optional.empty();
  }

  private X509Certificate issue(String user, CertificationRequest asked) {
    Instant now = machine.now().truncatedTo(ChronoUnit.SECONDS);
    return mint.certify(
        CertificateRecipe.of(user)
            .upn(user)
            .extendedKeyUsage(KeyPurpose.CLIENT_AUTH, KeyPurpose.AAD_CONDITIONAL_ACCESS)
            .keyUsage(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)
            .notBefore(now.minus(BACKDATED))
            .notAfter(now.plus(spec.lifetime()))
            .build(),
        asked.publicKey(),
        authority);
  }

  private static HttpMessage.Reply granted(X509Certificate certificate) {
    ObjectNode json = JSON.createObjectNode();
    json.put(
        "x5c", Base64.getEncoder().encodeToString(CertificateFields.der(certificate).toArray()));
    return reply(200, json);
  }

  private static HttpMessage.Reply refusal(String error, String description) {
    ObjectNode json = JSON.createObjectNode();
    json.put("error", error);
    json.put("error_description", description);
    return reply(400, json);
  }

  private static HttpMessage.Reply reply(int status, ObjectNode json) {
    return new HttpMessage.Reply(
        status, "application/json", Octets.ofText(json.toString(), StandardCharsets.UTF_8));
  }
}
