package vpnlab.protocol.eap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.PeapOptions.Cryptobinding;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

class PeapConversationTest {
  private static final Instant NOW = Instant.parse("2031-03-04T05:06:07Z");
  private static final TestPki CA = TestPki.create("Lab root", NOW);
  private static final CertificateAndKey SERVER = CA.server("nps.corp.example");
  private static final CertificateAndKey CLIENT = CA.client("alice@corp.example");
  private static final EapAuthenticatorMethod PASSWORDS =
      new EapAuthenticatorMethod.MsChapV2("nps", PeapConversationTest::account);
  private static final EapAuthenticatorMethod CERTIFICATES =
      new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of(CA.name()));

  private static AccountDecision account(Instant now, String name) {
    return switch (name) {
      case "alice" -> AccountDecision.ofPassword("secret");
      case "carol" -> AccountDecision.refused("secret", 647);
      default -> new AccountDecision.Unknown();
    };
  }

  @Test
  void with_inner_MSCHAPv2_both_sides_derive_the_same_bound_keys() {
    Conversation talk = talk(peer(password("alice", "secret")), server(PASSWORDS));

    EapAuthenticatorResult.Success success = success(talk);
    assertThat(success.keys().msk().size()).isEqualTo(64);
    assertThat(success.method()).isEqualTo(EapType.PEAP);
    assertThat(success.name()).isEqualTo("alice");
  }

  @Test
  void with_inner_EAP_TLS_the_authenticator_knows_the_chain() {
    Conversation talk = talk(peer(new EapPeerMethod.Tls(CLIENT, CA.judge())), server(CERTIFICATES));

    assertThat(success(talk).chain()).isEqualTo(CLIENT.chain());
  }

  @Test
  void cryptobinding_changes_the_keys_and_either_side_can_be_without() {
    for (Cryptobinding ofPeer : Cryptobinding.values()) {
      for (Cryptobinding ofServer : Cryptobinding.values()) {
        Conversation talk =
            talk(
                peer(password("alice", "secret"), PeapOptions.DEFAULT.with(ofPeer)),
                server(PASSWORDS, PeapOptions.DEFAULT.with(ofServer)));

        boolean peerLacks = ofPeer == Cryptobinding.OFF && ofServer == Cryptobinding.REQUIRED;
        boolean serverLacks = ofServer == Cryptobinding.OFF && ofPeer == Cryptobinding.REQUIRED;
        if (peerLacks) {
          assertThat(reason(talk)).isEqualTo(new EapAuthenticatorFailure.CryptobindingMissing());
        } else if (serverLacks) {
          assertThat(talk.peerResult)
              .isEqualTo(new EapPeerResult.Failure(new EapPeerFailure.CryptobindingMissing()));
          assertThat(reason(talk)).isEqualTo(new EapAuthenticatorFailure.ResultRefusedByPeer());
        } else {
          assertThat(success(talk)).isNotNull();
        }
      }
    }
  }

  @Test
  void a_wrong_password_an_unknown_user_and_a_disabled_account_are_told_to_both_sides() {
    Conversation wrong = talk(peer(password("alice", "guess")), server(PASSWORDS));
    Conversation unknown = talk(peer(password("mallory", "secret")), server(PASSWORDS));
    Conversation disabled = talk(peer(password("carol", "secret")), server(PASSWORDS));

    assertThat(reason(wrong)).isEqualTo(new EapAuthenticatorFailure.BadCredentials("alice"));
    assertThat(reason(unknown)).isEqualTo(new EapAuthenticatorFailure.UnknownAccount("mallory"));
    assertThat(reason(disabled))
        .isEqualTo(new EapAuthenticatorFailure.AccountRefused("carol", 647));
    assertThat(((EapPeerFailure.MsChapError) peerReason(wrong)).error()).isEqualTo(691);
    assertThat(((EapPeerFailure.MsChapError) peerReason(disabled)).error()).isEqualTo(647);
  }

  @Test
  void inner_methods_that_do_not_meet_are_told_from_outer_ones() {
    Conversation inner = talk(peer(password("alice", "secret")), server(CERTIFICATES));
    Conversation other = talk(peer(new EapPeerMethod.Tls(CLIENT, CA.judge())), server(PASSWORDS));

    assertThat(reason(inner))
        .isEqualTo(
            new EapAuthenticatorFailure.InnerMethodRejectedByPeer(
                EapType.TLS, List.of(EapType.MSCHAPV2)));
    assertThat(peerReason(inner))
        .isEqualTo(new EapPeerFailure.NoCommonInnerMethod(List.of(EapType.TLS)));
    assertThat(reason(other))
        .isEqualTo(
            new EapAuthenticatorFailure.InnerMethodRejectedByPeer(
                EapType.MSCHAPV2, List.of(EapType.TLS)));
    assertThat(peerReason(other))
        .isEqualTo(new EapPeerFailure.NoCommonInnerMethod(List.of(EapType.MSCHAPV2)));
  }

  @Test
  void an_inner_Nak_picks_another_method_that_the_authenticator_allows() {
    EapAuthenticatorMethod both =
        new EapAuthenticatorMethod.Peap(
            Optional.of(SERVER),
            new EapAuthenticatorConfig(List.of(CERTIFICATES, PASSWORDS)),
            PeapOptions.DEFAULT);

    assertThat(success(talk(peer(password("alice", "secret")), authenticator(both))).name())
        .isEqualTo("alice");
  }

  @Test
  void a_server_certificate_that_the_peer_refuses_ends_in_its_alert() {
    EapAuthenticatorMethod expired =
        new EapAuthenticatorMethod.Peap(CA.expiredServer("nps.corp.example"), PASSWORDS);

    Conversation talk = talk(peer(password("alice", "secret")), authenticator(expired));

    assertThat(peerReason(talk)).isEqualTo(new EapPeerFailure.CertificateRefused(1, "expired"));
    assertThat(reason(talk))
        .isEqualTo(
            new EapAuthenticatorFailure.TlsAlertReceived(
                CertificateVerdict.Refused.CERTIFICATE_EXPIRED));
  }

  @Test
  void an_authenticator_without_a_certificate_fails_at_the_ClientHello() {
    EapAuthenticatorMethod bare =
        new EapAuthenticatorMethod.Peap(
            Optional.empty(), new EapAuthenticatorConfig(List.of(PASSWORDS)), PeapOptions.DEFAULT);

    Conversation talk = talk(peer(password("alice", "secret")), authenticator(bare));

    assertThat(reason(talk)).isEqualTo(new EapAuthenticatorFailure.OwnCertificateMissing());
    assertThat(peerReason(talk)).isEqualTo(new EapPeerFailure.Rejected());
  }

  @Test
  void a_fast_reconnect_needs_no_inner_method_and_gives_other_keys() {
    TlsSessionCache ofPeer = new TlsSessionCache(Duration.ofHours(10), 1);
    TlsSessionCache ofServer = new TlsSessionCache(Duration.ofHours(10), 100);
    for (EapAuthenticatorMethod inner : List.of(PASSWORDS, CERTIFICATES)) {
      ofPeer.clear();
      EapPeerMethod method =
          inner == PASSWORDS
              ? password("alice", "secret")
              : new EapPeerMethod.Tls(CLIENT, CA.judge());
      EapAuthenticator first = server(inner, PeapOptions.DEFAULT.with(ofServer), 2);
      Conversation full = talk(peer(method, PeapOptions.DEFAULT.with(ofPeer), 1), first);
      EapAuthenticator second = server(inner, PeapOptions.DEFAULT.with(ofServer), 4);
      Conversation fast = talk(peer(method, PeapOptions.DEFAULT.with(ofPeer), 3), second);

      assertThat(success(fast).name()).isEqualTo(success(full).name());
      assertThat(success(fast).chain()).isEqualTo(success(full).chain());
      assertThat(success(fast).keys()).isNotEqualTo(success(full).keys());
      assertThat(fast.rounds).isLessThan(full.rounds);
      assertThat(first.isResumed()).isFalse();
      assertThat(second.isResumed()).isTrue();
      assertThat(second.innerMethodType()).isEqualTo(first.innerMethodType());
    }
  }

  @Test
  void a_session_that_the_server_has_forgotten_or_that_is_too_old_leads_to_a_full_one() {
    TlsSessionCache ofPeer = new TlsSessionCache(Duration.ofHours(10), 1);
    TlsSessionCache ofServer = new TlsSessionCache(Duration.ofHours(1), 100);
    PeapOptions peerOptions = PeapOptions.DEFAULT.with(ofPeer);
    PeapOptions options = PeapOptions.DEFAULT.with(ofServer);
    Instant later = NOW.plus(Duration.ofHours(2));
    talk(peer(password("alice", "secret"), peerOptions, 1), server(PASSWORDS, options, 2));

    EapAuthenticator late = server(PASSWORDS, options, 4);
    Conversation aged =
        Conversation.run(later, peer(password("alice", "secret"), peerOptions, 3), late);
    ofServer.clear();
    EapAuthenticator restarted = server(PASSWORDS, options, 6);
    Conversation forgotten =
        Conversation.run(later, peer(password("alice", "secret"), peerOptions, 5), restarted);

    assertThat(success(aged)).isNotNull();
    assertThat(late.isResumed()).isFalse();
    assertThat(success(forgotten)).isNotNull();
    assertThat(restarted.isResumed()).isFalse();
  }

  @Test
  void a_refused_peer_leaves_no_session_to_be_resumed() {
    TlsSessionCache ofPeer = new TlsSessionCache(Duration.ofHours(10), 1);
    TlsSessionCache ofServer = new TlsSessionCache(Duration.ofHours(10), 100);

    talk(
        peer(password("alice", "guess"), PeapOptions.DEFAULT.with(ofPeer), 1),
        server(PASSWORDS, PeapOptions.DEFAULT.with(ofServer), 2));

    assertThat(ofPeer.size()).isZero();
    assertThat(ofServer.size()).isZero();
  }

  @Test
  void EAP_TLS_sessions_can_be_resumed_too_and_those_of_PEAP_are_no_use_to_it() {
    TlsSessionCache ofPeer = new TlsSessionCache(Duration.ofHours(10), 5);
    TlsSessionCache ofServer = new TlsSessionCache(Duration.ofHours(10), 100);
    talk(
        peer(password("alice", "secret"), PeapOptions.DEFAULT.with(ofPeer), 1),
        server(PASSWORDS, PeapOptions.DEFAULT.with(ofServer), 2));
    EapPeerMethod peer =
        new EapPeerMethod.Tls(Optional.of(CLIENT), CA.judge(), EapTlsOptions.DEFAULT.with(ofPeer));
    EapAuthenticatorMethod tls =
        new EapAuthenticatorMethod.Tls(
            SERVER, CA.judge(), List.of(), EapTlsOptions.DEFAULT.with(ofServer));

    EapAuthenticator first = authenticator(tls, 4);
    Conversation full = talk(eapPeer(peer, 3), first);
    EapAuthenticator second = authenticator(tls, 6);
    Conversation fast = talk(eapPeer(peer, 5), second);

    assertThat(first.isResumed()).isFalse();
    assertThat(second.isResumed()).isTrue();
    assertThat(success(fast).chain()).isEqualTo(success(full).chain());
    assertThat(success(fast).keys()).isNotEqualTo(success(full).keys());
  }

  @Test
  void small_fragments_carry_the_same_conversation() {
    PeapOptions small = new PeapOptions(Cryptobinding.SUPPORTED, new EapTlsOptions(false, 100));

    Conversation talk =
        talk(peer(new EapPeerMethod.Tls(CLIENT, CA.judge()), small), server(CERTIFICATES, small));

    assertThat(success(talk)).isNotNull();
    assertThat(talk.rounds).isGreaterThan(60);
  }

  @Test
  void one_seed_gives_the_same_packets_again() {
    List<Octets> first = talk(peer(password("alice", "secret")), server(PASSWORDS)).packets;
    List<Octets> second = talk(peer(password("alice", "secret")), server(PASSWORDS)).packets;

    assertThat(second).isEqualTo(first);
  }

  private static EapPeerMethod password(String user, String password) {
    return new EapPeerMethod.MsChapV2(user, password);
  }

  private static EapPeer peer(EapPeerMethod inner) {
    return peer(inner, PeapOptions.DEFAULT);
  }

  private static EapPeer peer(EapPeerMethod inner, PeapOptions options) {
    return peer(inner, options, 1);
  }

  private static EapPeer peer(EapPeerMethod inner, PeapOptions options, long seed) {
    EapPeerConfig config = new EapPeerConfig("alice@corp.example", List.of(inner));
    return eapPeer(new EapPeerMethod.Peap(config, CA.judge(), options), seed);
  }

  private static EapPeer eapPeer(EapPeerMethod method, long seed) {
    return new EapPeer(
        new EapPeerConfig("alice@corp.example", List.of(method)), RandomSource.seeded(seed));
  }

  private static EapAuthenticator server(EapAuthenticatorMethod inner) {
    return server(inner, PeapOptions.DEFAULT);
  }

  private static EapAuthenticator server(EapAuthenticatorMethod inner, PeapOptions options) {
    return server(inner, options, 2);
  }

  private static EapAuthenticator server(
      EapAuthenticatorMethod inner, PeapOptions options, long seed) {
    return authenticator(
        new EapAuthenticatorMethod.Peap(
            Optional.of(SERVER), new EapAuthenticatorConfig(List.of(inner)), options),
        seed);
  }

  private static EapAuthenticator authenticator(EapAuthenticatorMethod method) {
    return authenticator(method, 2);
  }

  private static EapAuthenticator authenticator(EapAuthenticatorMethod method, long seed) {
    return new EapAuthenticator(
        new EapAuthenticatorConfig(List.of(method)), RandomSource.seeded(seed));
  }

  private static EapAuthenticatorResult.Success success(Conversation talk) {
    assertThat(talk.peerResult).isInstanceOf(EapPeerResult.Success.class);
    EapAuthenticatorResult.Success success =
        (EapAuthenticatorResult.Success) talk.authenticatorResult;
    assertThat(((EapPeerResult.Success) talk.peerResult).keys()).isEqualTo(success.keys());
    return success;
  }

  private static EapAuthenticatorFailure reason(Conversation talk) {
    assertThat(talk.peerResult).isInstanceOf(EapPeerResult.Failure.class);
    return ((EapAuthenticatorResult.Failure) talk.authenticatorResult).reason();
  }

  private static EapPeerFailure peerReason(Conversation talk) {
    return ((EapPeerResult.Failure) talk.peerResult).reason();
  }

  private static Conversation talk(EapPeer peer, EapAuthenticator authenticator) {
    return Conversation.run(NOW, peer, authenticator);
  }
}
