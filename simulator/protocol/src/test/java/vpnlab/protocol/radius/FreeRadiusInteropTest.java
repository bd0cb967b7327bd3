package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.CertificateAndKey;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerFailure;
import vpnlab.protocol.eap.EapPeerMethod;
import vpnlab.protocol.eap.EapPeerResult;
import vpnlab.protocol.eap.EapTlsOptions;
import vpnlab.protocol.eap.PeapOptions;
import vpnlab.protocol.eap.TestPki;
import vpnlab.protocol.eap.TlsSessionCache;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;

/** Our RADIUS client and EAP peer ask a real FreeRADIUS server. */
@Tag("real-peer")
class FreeRadiusInteropTest {
  private static final String SECRET = "s3cret-of-the-lab";
  private static final RetransmissionPolicy PATIENT =
      new RetransmissionPolicy(Duration.ofSeconds(5), 2);

  // Real programs look at the real clock, so the certificates must suit it.
  @SuppressWarnings("TimeInStaticInitializer")
  private static final TestPki CA = TestPki.create("Lab root", Instant.now());

  private static final CertificateAndKey SERVER = CA.server("nps.corp.example");

  @TempDir Path folder;

  /** How a conversation ended on both of our pieces. */
  private record End(RadiusClientEvent radius, Optional<EapPeerResult> peer) {}

  @Test
  void EAP_MSCHAPv2_succeeds_and_FreeRADIUS_sends_the_keys_that_the_peer_has() throws Exception {
    try (FreeRadius server = start("mschapv2")) {
      End end = authenticate(server, SECRET, PATIENT, password("Correct horse 1"));

      assertSameKeys(end);
      assertThat(((EapPeerResult.Success) end.peer().orElseThrow()).method())
          .isEqualTo(EapType.MSCHAPV2);
    }
  }

  @Test
  void the_peer_gets_its_method_by_Nak() throws Exception {
    try (FreeRadius server = start("tls")) {
      End end = authenticate(server, SECRET, PATIENT, password("Correct horse 1"));

      assertSameKeys(end);
    }
  }

  @Test
  void a_wrong_password_is_rejected_with_error_691() throws Exception {
    try (FreeRadius server = start("mschapv2")) {
      End end = authenticate(server, SECRET, PATIENT, password("wrong"));

      assertThat(end.radius()).isInstanceOf(RadiusClientEvent.Rejected.class);
      EapPeerFailure reason = ((EapPeerResult.Failure) end.peer().orElseThrow()).reason();
      assertThat(((EapPeerFailure.MsChapError) reason).error()).isEqualTo(691);
    }
  }

  @Test
  void EAP_TLS_succeeds_and_FreeRADIUS_sends_the_keys_that_the_peer_has() throws Exception {
    try (FreeRadius server = start("tls")) {
      CertificateAndKey alice = CA.client("alice@corp.example");

      End end = authenticate(server, SECRET, PATIENT, new EapPeerMethod.Tls(alice, CA.judge()));

      assertSameKeys(end);
    }
  }

  @Test
  void EAP_TLS_with_TLS_1_3_succeeds_with_the_same_keys() throws Exception {
    EapPeerMethod method =
        new EapPeerMethod.Tls(
            Optional.of(CA.client("alice@corp.example")),
            CA.judge(),
            new EapTlsOptions(true, 1024));
    try (FreeRadius server = start("tls", "1.3")) {
      assertSameKeys(authenticate(server, SECRET, PATIENT, method));
      assertThat(server.log()).contains("TLS 1.3");
    }
  }

  @Test
  void EAP_TLS_with_a_foreign_certificate_is_sent_all_the_same_and_rejected_as_unknown_CA()
      throws Exception {
    CertificateAndKey foreign =
        TestPki.create("Foreign root", Instant.now()).client("alice@corp.example");
    try (FreeRadius server = start("tls")) {
      End end = authenticate(server, SECRET, PATIENT, new EapPeerMethod.Tls(foreign, CA.judge()));

      assertThat(end.radius()).isInstanceOf(RadiusClientEvent.Rejected.class);
      // FreeRADIUS keeps its alert to itself and says Failure at once.
      assertThat(end.peer()).contains(new EapPeerResult.Failure(new EapPeerFailure.Rejected()));
      assertThat(server.log()).contains("unknown CA");
    }
  }

  @Test
  void a_server_certificate_that_we_refuse_ends_in_a_rejection() throws Exception {
    CertificateAndKey alice = CA.client("alice@corp.example");
    TestPki other = TestPki.create("Another root", Instant.now());
    try (FreeRadius server = start("tls")) {
      End end = authenticate(server, SECRET, PATIENT, new EapPeerMethod.Tls(alice, other.judge()));

      assertThat(end.radius()).isInstanceOf(RadiusClientEvent.Rejected.class);
      assertThat(end.peer())
          .contains(new EapPeerResult.Failure(new EapPeerFailure.CertificateRefused(2, "foreign")));
      assertThat(server.log()).contains("unknown CA");
    }
  }

  @Test
  void PEAP_with_both_inner_methods_succeeds_with_the_same_keys() throws Exception {
    EapPeerMethod tls = new EapPeerMethod.Tls(CA.client("alice@corp.example"), CA.judge());
    try (FreeRadius server = start("peap/mschapv2")) {
      assertSameKeys(authenticate(server, SECRET, PATIENT, peap(password("Correct horse 1"))));
      // Its inner Identity Request comes with a header; a Nak leads to the other method.
      assertSameKeys(authenticate(server, SECRET, PATIENT, peap(tls)));
    }
    try (FreeRadius server = start("peap/tls")) {
      assertSameKeys(authenticate(server, SECRET, PATIENT, peap(tls)));
    }
  }

  @Test
  void PEAP_with_a_wrong_password_or_a_server_that_we_refuse_is_rejected() throws Exception {
    TestPki other = TestPki.create("Another root", Instant.now());
    try (FreeRadius server = start("peap/mschapv2")) {
      End wrong = authenticate(server, SECRET, PATIENT, peap(password("wrong")));
      End untrusted =
          authenticate(
              server,
              SECRET,
              PATIENT,
              new EapPeerMethod.Peap(inner(password("Correct horse 1")), other.judge()));

      assertThat(wrong.radius()).isInstanceOf(RadiusClientEvent.Rejected.class);
      EapPeerFailure reason = ((EapPeerResult.Failure) wrong.peer().orElseThrow()).reason();
      assertThat(((EapPeerFailure.MsChapError) reason).error()).isEqualTo(691);
      assertThat(untrusted.radius()).isInstanceOf(RadiusClientEvent.Rejected.class);
      assertThat(untrusted.peer())
          .contains(new EapPeerResult.Failure(new EapPeerFailure.CertificateRefused(2, "foreign")));
    }
  }

  @Test
  void PEAP_with_an_unknown_user_or_a_foreign_certificate_inside_is_rejected() throws Exception {
    CertificateAndKey foreign =
        TestPki.create("Foreign root", Instant.now()).client("alice@corp.example");
    try (FreeRadius server = start("peap/mschapv2")) {
      End stranger =
          authenticate(
              server,
              SECRET,
              PATIENT,
              new EapPeerMethod.Peap(
                  new EapPeerConfig("mallory", List.of(new EapPeerMethod.MsChapV2("mallory", "x"))),
                  CA.judge()));
      End certificate =
          authenticate(server, SECRET, PATIENT, peap(new EapPeerMethod.Tls(foreign, CA.judge())));

      assertThat(stranger.radius()).isInstanceOf(RadiusClientEvent.Rejected.class);
      assertThat(certificate.radius()).isInstanceOf(RadiusClientEvent.Rejected.class);
      assertThat(stranger.peer().orElseThrow()).isInstanceOf(EapPeerResult.Failure.class);
      assertThat(certificate.peer().orElseThrow()).isInstanceOf(EapPeerResult.Failure.class);
      assertThat(server.log()).contains("unknown CA");
    }
  }

  @Test
  void PEAP_is_reconnected_fast_and_a_peer_that_insists_on_cryptobinding_goes_without()
      throws Exception {
    TlsSessionCache sessions = new TlsSessionCache(Duration.ofHours(1), 1);
    EapPeerMethod remembering =
        new EapPeerMethod.Peap(
            inner(password("Correct horse 1")), CA.judge(), PeapOptions.DEFAULT.with(sessions));
    EapPeerMethod strict =
        new EapPeerMethod.Peap(
            inner(password("Correct horse 1")),
            CA.judge(),
            PeapOptions.DEFAULT.with(PeapOptions.Cryptobinding.REQUIRED));
    try (FreeRadius server = start("peap/mschapv2")) {
      assertSameKeys(authenticate(server, SECRET, PATIENT, remembering));
      assertThat(sessions.size()).isEqualTo(1);
      assertSameKeys(authenticate(server, SECRET, PATIENT, remembering));
      assertThat(server.log()).contains("Skipping Phase2");

      // FreeRADIUS knows no cryptobinding.
      assertThat(authenticate(server, SECRET, PATIENT, strict).peer())
          .contains(new EapPeerResult.Failure(new EapPeerFailure.CryptobindingMissing()));
    }
  }

  private static EapPeerMethod peap(EapPeerMethod method) {
    return new EapPeerMethod.Peap(inner(method), CA.judge());
  }

  private static EapPeerConfig inner(EapPeerMethod method) {
    return new EapPeerConfig("alice", List.of(method));
  }

  @Test
  void another_secret_ends_in_silence() throws Exception {
    RetransmissionPolicy quick = new RetransmissionPolicy(Duration.ofMillis(300), 2);
    try (FreeRadius server = start("mschapv2")) {
      End end = authenticate(server, "another", quick, password("Correct horse 1"));

      assertThat(end.radius()).isInstanceOf(RadiusClientEvent.TimedOut.class);
      assertThat(server.log()).contains("invalid Message-Authenticator");
    }
  }

  @Test
  void a_hidden_User_Password_is_understood() throws Exception {
    try (FreeRadius server = start("mschapv2");
        RadiusClientOnSocket client = new RadiusClientOnSocket(server.address(), SECRET, PATIENT)) {
      List<RadiusAttribute> alice =
          List.of(RadiusAttribute.text(RadiusAttributeType.USER_NAME, "alice"));

      assertThat(client.ask(pap(1, alice, "Correct horse 1")))
          .isInstanceOf(RadiusClientEvent.Accepted.class);
      assertThat(client.ask(pap(2, alice, "a longer password than one block of MD5 hides")))
          .isInstanceOf(RadiusClientEvent.Rejected.class);
    }
  }

  private static RadiusClientCommand.SendAccessRequest pap(
      long handle, List<RadiusAttribute> attributes, String password) {
    return new RadiusClientCommand.SendAccessRequest(
        handle, attributes, Optional.of(password), Optional.empty());
  }

  private FreeRadius start(String eapType) throws Exception {
    return start(eapType, "1.2");
  }

  private FreeRadius start(String eapType, String tlsMax) throws Exception {
    return FreeRadius.start(
        folder, SECRET, eapType, tlsMax, "alice", "Correct horse 1", CA, SERVER);
  }

  private static EapPeerMethod password(String password) {
    return new EapPeerMethod.MsChapV2("alice", password);
  }

  private static void assertSameKeys(End end) {
    RadiusClientEvent.Accepted accepted = (RadiusClientEvent.Accepted) end.radius();
    EapPeerResult.Success success = (EapPeerResult.Success) end.peer().orElseThrow();
    assertThat(accepted.keys()).contains(success.keys());
  }

  private static End authenticate(
      FreeRadius server, String secret, RetransmissionPolicy policy, EapPeerMethod method)
      throws Exception {
    EapPeer peer = new EapPeer(new EapPeerConfig("alice", List.of(method)), RandomSource.secure());
    Octets response =
        ((EapPeerResult.Respond) peer.handle(Instant.now(), EapPacket.identityRequest(0).encode()))
            .response();
    Optional<Octets> state = Optional.empty();
    try (RadiusClientOnSocket client = new RadiusClientOnSocket(server.address(), secret, policy)) {
      for (long handle = 1; handle < 50; handle++) {
        RadiusClientEvent event = client.ask(request(handle, state, response));
        if (!(event instanceof RadiusClientEvent.Challenged challenged)) {
          return new End(event, last(peer, event));
        }
        state = challenged.state();
        EapPeerResult result = peer.handle(Instant.now(), challenged.eap().orElseThrow());
        if (!(result instanceof EapPeerResult.Respond answer)) {
          return new End(event, Optional.of(result));
        }
        response = answer.response();
      }
    }
    throw new AssertionError("the conversation does not end");
  }

  private static RadiusClientCommand.SendAccessRequest request(
      long handle, Optional<Octets> state, Octets eap) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(RadiusAttribute.text(RadiusAttributeType.USER_NAME, "alice"));
    attributes.addAll(RadiusPacket.eapMessageAttributes(eap));
    state.ifPresent(s -> attributes.add(new RadiusAttribute(RadiusAttributeType.STATE, s)));
    return new RadiusClientCommand.SendAccessRequest(handle, attributes);
  }

  private static Optional<EapPeerResult> last(EapPeer peer, RadiusClientEvent event) {
    RadiusPacket packet =
        event instanceof RadiusClientEvent.Accepted accepted
            ? accepted.packet()
            : event instanceof RadiusClientEvent.Rejected rejected ? rejected.packet() : null;
    return packet == null
        ? Optional.empty()
        : packet.eapMessage().map(eap -> peer.handle(Instant.now(), eap));
  }
}
