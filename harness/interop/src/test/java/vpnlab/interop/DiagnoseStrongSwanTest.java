package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import vpnlab.interop.CertificateRecipe.Issuer;

/** {@code vpnlab diagnose} against a real strongSwan server, healthy and broken in known ways. */
@NeedsPeer({NeedsPeer.VPNLAB, "charon-systemd", "swanctl", "openssl", NeedsPeer.TUN})
@ExtendWith(OpensslPki.Shared.class)
class DiagnoseStrongSwanTest {
  private static final String NAME = "vpn.lab.test";
  private static final String OTHER = "other.lab.test";
  private static final String ALICE = "alice@lab.test";
  private static final List<String> PASSWORD =
      List.of("--auth", "eap-mschapv2", "--user", "alice", "--password", "secret");

  @TempDir Path directory;

  @Test
  void aHealthyServerIsHealthyByEapMschapv2(OpensslPki pki) {
    isHealthy(pki, server(pki, CertificateRecipe.server(NAME)), PASSWORD);
  }

  @Test
  void aHealthyServerIsHealthyByEapTls(OpensslPki pki) {
    StrongSwanServer.Setup setup =
        server(pki, CertificateRecipe.server(NAME))
            .authenticatingBy("eap-tls")
            .acceptingClientsOf(pki.trustedRoot());
    isHealthy(pki, setup, certificate("eap-tls", pki.mint(CertificateRecipe.client(ALICE))));
  }

  @Test
  void aHealthyServerIsHealthyByMachineCertificate(OpensslPki pki) {
    StrongSwanServer.Setup setup =
        server(pki, CertificateRecipe.server(NAME))
            .authenticatingBy("pubkey")
            .acceptingClientsOf(pki.trustedRoot());
    isHealthy(
        pki, setup, certificate("machine-certificate", pki.mint(CertificateRecipe.client(ALICE))));
  }

  @Test
  void aHealthyServerWithKeysOnEllipticCurvesIsHealthy(OpensslPki pki) {
    isHealthy(pki, server(pki, CertificateRecipe.server(NAME).withEllipticCurveKey()), PASSWORD);
  }

  @Test
  void aHealthyServerUnderAnIntermediateAuthorityIsHealthy(OpensslPki pki) {
    CertificateRecipe chained = CertificateRecipe.server(NAME).issuedBy(Issuer.INTERMEDIATE);
    isHealthy(pki, server(pki, chained).withIntermediate(pki.intermediateCertificate()), PASSWORD);
  }

  @Test
  void anExpiredCertificateIsFound(OpensslPki pki) {
    isFound(
        pki,
        server(pki, CertificateRecipe.server(NAME).expired()),
        PASSWORD,
        13801,
        "server-certificate-expired");
  }

  @Test
  void aCertificateThatIsNotYetValidIsFound(OpensslPki pki) {
    isFound(
        pki,
        server(pki, CertificateRecipe.server(NAME).notYetValid()),
        PASSWORD,
        13801,
        "server-certificate-not-yet-valid");
  }

  @Test
  void aCertificateForClientsOnlyIsFound(OpensslPki pki) {
    isFound(
        pki,
        server(pki, CertificateRecipe.server(NAME).forPurpose("clientAuth")),
        PASSWORD,
        13801,
        "server-certificate-eku-missing");
  }

  /** Like most servers, strongSwan sends the certificate without its root. */
  @Test
  void aForeignRootIsFound(OpensslPki pki) {
    isFound(
        pki,
        server(pki, CertificateRecipe.server(NAME).issuedBy(Issuer.FOREIGN_ROOT)),
        PASSWORD,
        13801,
        "server-certificate-untrusted-root");
  }

  @Test
  void aCertificateWithoutTheNameThatTheServerClaimsIsFound(OpensslPki pki) {
    isFound(
        pki,
        server(pki, CertificateRecipe.server(OTHER)),
        PASSWORD,
        13801,
        "server-certificate-name-mismatch");
  }

  @Test
  void aServerThatHasAndClaimsAnotherNameIsFound(OpensslPki pki) {
    isFound(
        pki,
        StrongSwanServer.named(OTHER)
            .serving(pki.mint(CertificateRecipe.server(OTHER)))
            .user("alice", "secret"),
        PASSWORD,
        13801,
        "server-certificate-name-mismatch");
  }

  @Test
  void aWrongPasswordIsFound(OpensslPki pki) {
    isFound(
        pki,
        server(pki, CertificateRecipe.server(NAME)),
        List.of("--auth", "eap-mschapv2", "--user", "alice", "--password", "guess"),
        691,
        "wrong-password");
  }

  @Test
  void proposalsWithNothingInCommonAreFound(OpensslPki pki) {
    isFound(
        pki,
        server(pki, CertificateRecipe.server(NAME)).proposals("aes256-sha512-modp4096"),
        PASSWORD,
        13868,
        "no-common-ike-proposal");
  }

  @Test
  void aServerThatIsNotThereIsFound(OpensslPki pki) {
    Said said = diagnose(pki, FreePorts.udp(), FreePorts.udp(), PASSWORD);
    assertThat(said.code()).as(said.text()).isEqualTo(809);
    // The host says by ICMP that the port is closed.
    assertThat(said.cause()).as(said.text()).isEqualTo("vpn-service-not-listening");
    assertThat(said.exitCode()).isEqualTo(1);
  }

  @Test
  void aServerThatKeepsSilentIsFound(OpensslPki pki) throws SocketException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Said said = diagnose(pki, silent.getLocalPort(), FreePorts.udp(), PASSWORD);
      assertThat(said.code()).as(said.text()).isEqualTo(809);
      assertThat(said.causes()).as(said.text()).contains("server-unreachable");
      assertThat(said.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void anAuthorityFileThatIsNotThereIsAUsageErrorOfOneLine() {
    ChildProcess.Ended ended =
        VpnLab.run(
            directory,
            Duration.ofSeconds(60),
            List.of(
                "diagnose",
                "--server",
                "127.0.0.1",
                "--ca",
                "no-such-file.pem",
                "--auth",
                "eap-mschapv2",
                "--user",
                "alice",
                "--password",
                "secret"));
    assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(2);
    assertThat(ended.errors().lines()).hasSize(1).first().asString().contains("no-such-file.pem");
  }

  private void isHealthy(OpensslPki pki, StrongSwanServer.Setup setup, List<String> credentials) {
    try (StrongSwanServer server = setup.start(directory)) {
      Said said = diagnose(pki, server.port(), server.natPort(), credentials);
      assertThat(said.code()).as(said.text() + server.log()).isZero();
      assertThat(said.causes()).as(said.text()).isEmpty();
      assertThat(said.exitCode()).isZero();
      assertThat(server.log()).contains("established between");
    }
  }

  private void isFound(
      OpensslPki pki,
      StrongSwanServer.Setup setup,
      List<String> credentials,
      int code,
      String cause) {
    try (StrongSwanServer server = setup.start(directory)) {
      Said said = diagnose(pki, server.port(), server.natPort(), credentials);
      assertThat(said.code()).as(said.text()).isEqualTo(code);
      assertThat(said.cause()).as(said.text()).isEqualTo(cause);
      assertThat(said.exitCode()).isEqualTo(1);
    }
  }

  private static StrongSwanServer.Setup server(OpensslPki pki, CertificateRecipe certificate) {
    return StrongSwanServer.named(NAME).serving(pki.mint(certificate)).user("alice", "secret");
  }

  private static List<String> certificate(String method, Credential own) {
    return List.of(
        "--auth", method, "--cert", own.certificate().toString(), "--key", own.key().toString());
  }

  /**
   * What {@code diagnose} said.
   *
   * @param cause the cause, or the first candidate where a client cannot tell more
   * @param causes those of all findings
   */
  private record Said(int exitCode, int code, String cause, List<String> causes, String text) {}

  private Said diagnose(OpensslPki pki, int port, int natPort, List<String> credentials) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "diagnose",
                "--server",
                "127.0.0.1",
                "--server-name",
                NAME,
                "--ike-port",
                Integer.toString(port),
                "--nat-port",
                Integer.toString(natPort),
                "--ca",
                pki.trustedRoot().toString(),
                "--timeout",
                "15",
                "--format",
                "json"));
    arguments.addAll(credentials);
    ChildProcess.Ended ended = VpnLab.run(directory, Duration.ofSeconds(60), arguments);
    String text = ended.output() + ended.errors();
    assertThat(ended.exitCode()).as(text).isIn(0, 1);
    JsonNode json = VpnLab.json(ended.output());
    List<String> causes = new ArrayList<>();
    for (JsonNode finding : json.path("findings")) {
      causes.add(finding.path("cause").asString());
    }
    String cause =
        json.path("cause").isString()
            ? json.path("cause").asString()
            : causes.isEmpty() ? "" : causes.get(0);
    return new Said(ended.exitCode(), json.path("code").asInt(), cause, causes, text);
  }
}
