package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import vpnlab.protocol.eap.TestPki;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/** wpa_supplicant's eapol_test asks our RADIUS server and EAP authenticator. */
@Tag("real-peer")
class EapolTestInteropTest {
  private static final String SECRET = "s3cret of the lab";

  // Real programs look at the real clock, so the certificates must suit it.
  @SuppressWarnings("TimeInStaticInitializer")
  private static final TestPki CA = TestPki.create("Lab root", Instant.now());

  private static final CertificateAndKey SERVER = CA.server("nps.corp.example");

  @TempDir Path folder;
  private Path eapolTest;

  @BeforeEach
  void findProgram() {
    eapolTest = RealPeer.require("eapol_test");
  }

  @Test
  void EAP_MSCHAPv2_is_accepted_and_the_keys_are_those_of_eapol_test() throws Exception {
    try (RadiusServerOnSocket server = serving(msChapV2())) {
      String output = eapolTest(server, "eap=MSCHAPV2\n password=\"Correct horse 1\"");

      assertThat(output).contains("Access-Accept");
      EapExchange.Accept accept = accepted(server);
      assertThat(accept.success().name()).isEqualTo("alice");
      // eapol_test calls the first half of the MSK a PMK; the second half is zeros here.
      assertThat(hexdump("PMK from EAPOL", output))
          .isEqualTo(accept.success().keys().msk().slice(0, 32));
      assertThat(decryptedKey("MS-MPPE-Recv-Key", output))
          .isEqualTo(accept.success().keys().receiveKey());
      assertThat(decryptedKey("MS-MPPE-Send-Key", output))
          .isEqualTo(accept.success().keys().sendKey());
    }
  }

  @Test
  void a_wrong_password_is_told_as_error_691() throws Exception {
    try (RadiusServerOnSocket server = serving(msChapV2())) {
      String output = eapolTest(server, "eap=MSCHAPV2\n password=\"wrong\"");

      assertThat(output).contains("EAP-MSCHAPV2: error 691").contains("FAILURE");
      assertThat(rejected(server)).isEqualTo(new EapAuthenticatorFailure.BadCredentials("alice"));
    }
  }

  @Test
  void a_disabled_account_is_told_as_error_647() throws Exception {
    EapAuthenticatorMethod disabled =
        new EapAuthenticatorMethod.MsChapV2(
            "nps", (now, name) -> AccountDecision.refused("Correct horse 1", 647));
    try (RadiusServerOnSocket server = serving(disabled)) {
      String output = eapolTest(server, "eap=MSCHAPV2\n password=\"Correct horse 1\"");

      assertThat(output).contains("EAP-MSCHAPV2: error 647").contains("FAILURE");
      assertThat(rejected(server))
          .isEqualTo(new EapAuthenticatorFailure.AccountRefused("alice", 647));
    }
  }

  @Test
  void EAP_TLS_is_accepted_with_matching_keys() throws Exception {
    try (RadiusServerOnSocket server = serving(tls(EapTlsOptions.DEFAULT))) {
      String output = eapolTest(server, tlsNetwork(CA.client("alice@corp.example"), ""));

      assertThat(output).contains("MPPE keys OK: 1  mismatch: 0").contains("SUCCESS");
      assertThat(accepted(server).success().method()).isEqualTo(EapType.TLS);
    }
  }

  @Test
  void EAP_TLS_with_TLS_1_3_is_accepted_with_matching_keys() throws Exception {
    try (RadiusServerOnSocket server = serving(tls(new EapTlsOptions(true, 1024)))) {
      String output =
          eapolTest(
              server,
              tlsNetwork(CA.client("alice@corp.example"), "phase1=\"tls_disable_tlsv1_3=0\""));

      assertThat(output)
          .contains("MPPE keys OK: 1  mismatch: 0")
          .contains("SSL: Using TLS version TLSv1.3")
          .contains("SUCCESS");
    }
  }

  @Test
  void EAP_TLS_with_P_384_certificates_is_accepted_with_matching_keys() throws Exception {
    EapAuthenticatorMethod method =
        new EapAuthenticatorMethod.Tls(
            CA.ecServer("nps.corp.example", "secp384r1"), CA.judge(), List.of(CA.name()));
    try (RadiusServerOnSocket server = serving(method)) {
      CertificateAndKey client = CA.ecClient("alice@corp.example", "secp256r1");
      String output = eapolTest(server, tlsNetwork(client, ""));

      assertThat(output).contains("MPPE keys OK: 1  mismatch: 0").contains("SUCCESS");
    }
  }

  @Test
  void EAP_TLS_with_an_expired_client_certificate_is_rejected_after_the_alert() throws Exception {
    try (RadiusServerOnSocket server = serving(tls(EapTlsOptions.DEFAULT))) {
      String output = eapolTest(server, tlsNetwork(CA.expiredClient("alice@corp.example"), ""));

      assertThat(output.toLowerCase(Locale.ROOT)).contains("certificate expired");
      assertThat(output).contains("Access-Reject").contains("FAILURE");
      assertThat(rejected(server))
          .isEqualTo(new EapAuthenticatorFailure.CertificateRefused(1, "expired"));
    }
  }

  @Test
  void an_expired_server_certificate_is_refused_by_the_client_and_known_to_the_server()
      throws Exception {
    EapAuthenticatorMethod method =
        new EapAuthenticatorMethod.Tls(
            CA.expiredServer("nps.corp.example"), CA.judge(), List.of(CA.name()));
    try (RadiusServerOnSocket server = serving(method)) {
      eapolTest(server, tlsNetwork(CA.client("alice@corp.example"), ""));

      assertThat(rejected(server)).isEqualTo(new EapAuthenticatorFailure.TlsAlertReceived(45));
    }
  }

  @Test
  void a_client_that_wants_another_method_gets_it_by_Nak() throws Exception {
    try (RadiusServerOnSocket server = serving(tls(EapTlsOptions.DEFAULT), msChapV2())) {
      String output = eapolTest(server, "eap=MSCHAPV2\n password=\"Correct horse 1\"");

      assertThat(output).contains("Access-Accept");
      assertThat(accepted(server).success().method()).isEqualTo(EapType.MSCHAPV2);
    }
  }

  @Test
  void a_method_that_is_not_allowed_is_rejected_with_what_the_client_wanted() throws Exception {
    try (RadiusServerOnSocket server = serving(tls(EapTlsOptions.DEFAULT))) {
      String output = eapolTest(server, "eap=MSCHAPV2\n password=\"Correct horse 1\"");

      assertThat(output).contains("Access-Reject");
      assertThat(rejected(server))
          .isEqualTo(
              new EapAuthenticatorFailure.MethodRejectedByPeer(
                  EapType.TLS, List.of(EapType.MSCHAPV2)));
    }
  }

  @Test
  void a_client_with_another_secret_hears_nothing() throws Exception {
    try (RadiusServerOnSocket server = serving(msChapV2())) {
      String output = eapolTest(server, "eap=MSCHAPV2\n password=\"Correct horse 1\"", "other", 4);

      assertThat(output).doesNotContain("Access-Challenge").doesNotContain("Access-Accept");
      assertThat(server.events)
          .isNotEmpty()
          .allSatisfy(
              event ->
                  assertThat(((RadiusServerEvent.RequestDropped) event).reason())
                      .isEqualTo(RadiusServerEvent.DropReason.BAD_MESSAGE_AUTHENTICATOR));
    }
  }

  private static EapAuthenticatorMethod msChapV2() {
    return new EapAuthenticatorMethod.MsChapV2(
        "nps",
        (now, name) ->
            name.equals("alice")
                ? AccountDecision.ofPassword("Correct horse 1")
                : new AccountDecision.Unknown());
  }

  private static EapAuthenticatorMethod tls(EapTlsOptions options) {
    return new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of(CA.name()), options);
  }

  private static RadiusServerOnSocket serving(EapAuthenticatorMethod... methods) throws Exception {
    EapAuthenticatorConfig config = new EapAuthenticatorConfig(List.of(methods));
    return new RadiusServerOnSocket(
        SECRET, () -> new EapAuthenticator(config, RandomSource.secure()));
  }

  private String tlsNetwork(CertificateAndKey client, String further) throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), TestPki.pem(List.of(CA.certificate())));
    Path certificate = Files.writeString(folder.resolve("client.pem"), TestPki.pem(client.chain()));
    Path key = Files.writeString(folder.resolve("client.key"), TestPki.pemOfKey(client));
    return "eap=TLS\n ca_cert=\""
        + ca
        + "\"\n client_cert=\""
        + certificate
        + "\"\n private_key=\""
        + key
        + "\"\n "
        + further;
  }

  private String eapolTest(RadiusServerOnSocket server, String network) throws Exception {
    return eapolTest(server, network, SECRET, 15);
  }

  private String eapolTest(RadiusServerOnSocket server, String network, String secret, int timeout)
      throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("eapol_test.conf"),
            "network={\n key_mgmt=IEEE8021X\n identity=\"alice\"\n " + network + "\n}\n");
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
            secret,
            "-t",
            Integer.toString(timeout)),
        folder,
        timeout + 20);
  }

  private static EapExchange.Accept accepted(RadiusServerOnSocket server) {
    return (EapExchange.Accept) server.exchanges.get(server.exchanges.size() - 1);
  }

  private static EapAuthenticatorFailure rejected(RadiusServerOnSocket server) {
    return ((EapExchange.Reject) server.exchanges.get(server.exchanges.size() - 1)).reason();
  }

  private static Octets hexdump(String label, String output) {
    Matcher matcher =
        Pattern.compile(label + " - hexdump\\(len=\\d+\\):((?: [0-9a-f]{2})+)").matcher(output);
    assertThat(matcher.find()).as(label + " in\n" + output).isTrue();
    return Octets.ofHex(matcher.group(1));
  }

  private static Octets decryptedKey(String label, String output) {
    return hexdump(label + " \\([a-z]+\\)", output);
  }
}
