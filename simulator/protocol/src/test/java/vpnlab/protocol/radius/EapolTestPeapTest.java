package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.AccountDecision;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapAuthenticatorMethod;
import vpnlab.protocol.eap.EapTlsOptions;
import vpnlab.protocol.eap.PeapOptions;
import vpnlab.protocol.eap.PeapOptions.Cryptobinding;
import vpnlab.protocol.eap.TestPki;
import vpnlab.protocol.eap.TlsSessionCache;
import vpnlab.wire.eap.EapType;

/** wpa_supplicant's eapol_test authenticates by PEAP at our authenticator. */
@Tag("real-peer")
class EapolTestPeapTest {
  private static final String SECRET = "s3cret of the lab";

  // Real programs look at the real clock, so the certificates must suit it.
  @SuppressWarnings("TimeInStaticInitializer")
  private static final TestPki CA = TestPki.create("Lab root", Instant.now());

  private static final CertificateAndKey SERVER = CA.server("nps.corp.example");
  private static final EapAuthenticatorMethod PASSWORDS =
      new EapAuthenticatorMethod.MsChapV2("nps", EapolTestPeapTest::account);
  private static final EapAuthenticatorMethod CERTIFICATES =
      new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of(CA.name()));
  private static final String INNER_PASSWORD =
      "phase2=\"auth=MSCHAPV2\"\n password=\"Correct horse 1\"\n";

  @TempDir Path folder;
  private final List<EapAuthenticator> authenticators = new CopyOnWriteArrayList<>();
  private Path eapolTest;

  @BeforeEach
  void findProgram() {
    eapolTest = RealPeer.require("eapol_test");
  }

  private static AccountDecision account(Instant now, String name) {
    return name.equals("alice")
        ? AccountDecision.ofPassword("Correct horse 1")
        : new AccountDecision.Unknown();
  }

  @Test
  void inner_MSCHAPv2_with_cryptobinding_is_accepted_with_matching_keys() throws Exception {
    for (int binding = 0; binding <= 2; binding++) {
      try (RadiusServerOnSocket server = serving(PASSWORDS, PeapOptions.DEFAULT)) {
        String output =
            eapolTest(server, INNER_PASSWORD + " phase1=\"crypto_binding=" + binding + "\"", 0);

        assertThat(output).contains("MPPE keys OK: 1  mismatch: 0").contains("SUCCESS");
        EapExchange.Accept accept = accepted(server);
        assertThat(accept.success().method()).isEqualTo(EapType.PEAP);
        assertThat(accept.success().name()).isEqualTo("alice");
        if (binding == 2) {
          assertThat(output).contains("EAP-PEAP: Valid cryptobinding TLV received");
        }
      }
    }
  }

  @Test
  void inner_EAP_TLS_is_accepted_with_matching_keys() throws Exception {
    try (RadiusServerOnSocket server = serving(CERTIFICATES, PeapOptions.DEFAULT)) {
      String output = eapolTest(server, innerTls() + " phase1=\"crypto_binding=2\"", 0);

      assertThat(output).contains("MPPE keys OK: 1  mismatch: 0").contains("SUCCESS");
      assertThat(accepted(server).success().chain()).isNotEmpty();
    }
  }

  @Test
  void small_fragments_are_put_together_on_both_sides() throws Exception {
    PeapOptions small = new PeapOptions(Cryptobinding.SUPPORTED, new EapTlsOptions(false, 200));
    try (RadiusServerOnSocket server = serving(CERTIFICATES, small)) {
      String output = eapolTest(server, innerTls() + " fragment_size=150", 0);

      assertThat(output).contains("MPPE keys OK: 1  mismatch: 0").contains("SUCCESS");
    }
  }

  @Test
  void a_fast_reconnect_resumes_TLS_and_the_keys_match_again() throws Exception {
    PeapOptions options = PeapOptions.DEFAULT.with(new TlsSessionCache(Duration.ofHours(10), 10));
    for (int binding = 0; binding <= 2; binding += 2) {
      try (RadiusServerOnSocket server = serving(PASSWORDS, options)) {
        String output =
            eapolTest(server, INNER_PASSWORD + " phase1=\"crypto_binding=" + binding + "\"", 2);

        assertThat(output).contains("MPPE keys OK: 3  mismatch: 0").contains("SUCCESS");
        assertThat(output).contains("EAP-PEAP: TLS done, proceed to Phase 2");
        assertThat(authenticators)
            .extracting(EapAuthenticator::isResumed)
            .containsExactly(false, true, true);
        assertThat(accepted(server).success().name()).isEqualTo("alice");
        authenticators.clear();
      }
    }
  }

  @Test
  void a_peer_without_the_binding_that_we_require_is_refused() throws Exception {
    PeapOptions strict = PeapOptions.DEFAULT.with(Cryptobinding.REQUIRED);
    try (RadiusServerOnSocket server = serving(PASSWORDS, strict)) {
      String output = eapolTest(server, INNER_PASSWORD + " phase1=\"crypto_binding=0\"", 0);

      assertThat(output).contains("Access-Reject").contains("FAILURE");
      assertThat(rejected(server)).isEqualTo(new EapAuthenticatorFailure.CryptobindingMissing());
    }
  }

  @Test
  void a_peer_that_requires_the_binding_refuses_a_server_without() throws Exception {
    PeapOptions bare = PeapOptions.DEFAULT.with(Cryptobinding.OFF);
    try (RadiusServerOnSocket server = serving(PASSWORDS, bare)) {
      String output = eapolTest(server, INNER_PASSWORD + " phase1=\"crypto_binding=2\"", 0);

      // It stops there, and says nothing more to us.
      assertThat(output).contains("EAP-PEAP: No cryptobinding TLV").contains("FAILURE");
      assertThat(server.exchanges).noneMatch(EapExchange.Accept.class::isInstance);
    }
  }

  @Test
  void a_wrong_inner_password_and_an_inner_method_that_is_not_allowed_are_refused()
      throws Exception {
    try (RadiusServerOnSocket server = serving(PASSWORDS, PeapOptions.DEFAULT)) {
      String output = eapolTest(server, "phase2=\"auth=MSCHAPV2\"\n password=\"guess\"", 0);
      assertThat(output).contains("EAP-MSCHAPV2: error 691").contains("FAILURE");
      assertThat(rejected(server)).isEqualTo(new EapAuthenticatorFailure.BadCredentials("alice"));
    }
    try (RadiusServerOnSocket server = serving(CERTIFICATES, PeapOptions.DEFAULT)) {
      assertThat(eapolTest(server, INNER_PASSWORD, 0)).contains("FAILURE");
      assertThat(rejected(server))
          .isEqualTo(
              new EapAuthenticatorFailure.InnerMethodRejectedByPeer(
                  EapType.TLS, List.of(EapType.MSCHAPV2)));
    }
  }

  private RadiusServerOnSocket serving(EapAuthenticatorMethod inner, PeapOptions options)
      throws Exception {
    EapAuthenticatorMethod peap =
        new EapAuthenticatorMethod.Peap(
            Optional.of(SERVER), new EapAuthenticatorConfig(List.of(inner)), options);
    EapAuthenticatorConfig config = new EapAuthenticatorConfig(List.of(peap));
    return new RadiusServerOnSocket(
        SECRET,
        () -> {
          EapAuthenticator opened = new EapAuthenticator(config, RandomSource.secure());
          authenticators.add(opened);
          return opened;
        });
  }

  private String innerTls() throws Exception {
    CertificateAndKey client = CA.client("alice@corp.example");
    Path certificate = Files.writeString(folder.resolve("client.pem"), TestPki.pem(client.chain()));
    Path key = Files.writeString(folder.resolve("client.key"), TestPki.pemOfKey(client));
    return "phase2=\"auth=TLS\"\n ca_cert2=\"%s\"\n client_cert2=\"%s\"\n private_key2=\"%s\"\n"
        .formatted(folder.resolve("ca.pem"), certificate, key);
  }

  private String eapolTest(RadiusServerOnSocket server, String further, int reconnects)
      throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), TestPki.pem(List.of(CA.certificate())));
    String network =
        "network={\n key_mgmt=IEEE8021X\n eap=PEAP\n identity=\"alice\"\n ca_cert=\"%s\"\n %s\n}\n"
            .formatted(ca, further);
    Path config = Files.writeString(folder.resolve("eapol_test.conf"), network);
    return RealPeer.run(
        List.of(
            eapolTest.toString(),
            "-c",
            config.toString(),
            "-a",
            "127.0.0.1",
            "-p",
            Integer.toString(server.port()),
            "-s",
            SECRET,
            "-r",
            Integer.toString(reconnects),
            "-t",
            "15"),
        folder,
        35);
  }

  private static EapExchange.Accept accepted(RadiusServerOnSocket server) {
    return (EapExchange.Accept) server.exchanges.get(server.exchanges.size() - 1);
  }

  private static EapAuthenticatorFailure rejected(RadiusServerOnSocket server) {
    return ((EapExchange.Reject) server.exchanges.get(server.exchanges.size() - 1)).reason();
  }
}
