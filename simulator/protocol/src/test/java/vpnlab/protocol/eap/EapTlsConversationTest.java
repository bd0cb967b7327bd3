package vpnlab.protocol.eap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

class EapTlsConversationTest {
  private static final Instant NOW = Instant.parse("2031-03-04T05:06:07Z");
  private static final TestPki CA = TestPki.create("Lab root", NOW);
  private static final TestPki FOREIGN_CA = TestPki.create("Foreign root", NOW);
  private static final CertificateAndKey SERVER = CA.server("nps.corp.example");
  private static final CertificateAndKey CLIENT = CA.client("alice@corp.example");

  @Test
  void both_sides_derive_one_MSK_and_the_authenticator_knows_the_chain() {
    Conversation talk = talk(peer(CLIENT, CA.judge()), authenticator(SERVER, CA.judge()));

    EapPeerResult.Success peer = (EapPeerResult.Success) talk.peerResult;
    EapAuthenticatorResult.Success success =
        (EapAuthenticatorResult.Success) talk.authenticatorResult;
    assertThat(peer.keys()).isEqualTo(success.keys());
    assertThat(peer.keys().msk().size()).isEqualTo(64);
    assertThat(peer.keys().receiveKey().size()).isEqualTo(32);
    assertThat(success.chain()).isEqualTo(CLIENT.chain());
    assertThat(success.name()).isEqualTo("alice@corp.example");
    assertThat(success.method()).isEqualTo(EapType.TLS);
  }

  @Test
  void TLS_1_3_works_too_and_gives_other_keys() {
    EapTlsOptions options = new EapTlsOptions(true, 1024);
    Conversation tls13 =
        talk(
            peer(new EapPeerMethod.Tls(Optional.of(CLIENT), CA.judge(), options)),
            authenticator(
                new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of(CA.name()), options)));

    EapPeerResult.Success peer = (EapPeerResult.Success) tls13.peerResult;
    assertThat(peer.keys())
        .isEqualTo(((EapAuthenticatorResult.Success) tls13.authenticatorResult).keys());
  }

  @Test
  void EC_certificates_on_both_sides_work() {
    for (String curve : new String[] {"secp256r1", "secp384r1"}) {
      Conversation talk =
          talk(
              peer(CA.ecClient("bob@corp.example", curve), CA.judge()),
              authenticator(CA.ecServer("nps.corp.example", curve), CA.judge()));

      assertThat(talk.peerResult).as(curve).isInstanceOf(EapPeerResult.Success.class);
    }
  }

  @Test
  void small_fragments_carry_the_same_conversation() {
    EapTlsOptions options = new EapTlsOptions(false, 100);
    Conversation small =
        talk(
            peer(new EapPeerMethod.Tls(Optional.of(CLIENT), CA.judge(), options)),
            authenticator(
                new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of(CA.name()), options)));

    assertThat(small.peerResult).isInstanceOf(EapPeerResult.Success.class);
    assertThat(small.rounds).isGreaterThan(40);
  }

  @Test
  void an_expired_client_certificate_is_refused_with_an_alert_and_the_reason_stays_known() {
    for (boolean tls13 : new boolean[] {false, true}) {
      EapTlsOptions options = new EapTlsOptions(tls13, 1024);
      CertificateAndKey expired = CA.expiredClient("alice@corp.example");

      Conversation talk =
          talk(
              peer(new EapPeerMethod.Tls(Optional.of(expired), CA.judge(), options)),
              authenticator(
                  new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of(CA.name()), options)));

      assertThat(((EapAuthenticatorResult.Failure) talk.authenticatorResult).reason())
          .isEqualTo(new EapAuthenticatorFailure.CertificateRefused(1, "expired"));
      assertThat(talk.peerResult)
          .isEqualTo(
              new EapPeerResult.Failure(
                  new EapPeerFailure.TlsAlertReceived(
                      CertificateVerdict.Refused.CERTIFICATE_EXPIRED)));
    }
  }

  @Test
  void a_client_certificate_of_a_foreign_CA_is_sent_all_the_same_and_refused_as_unknown_ca() {
    Conversation talk =
        talk(
            peer(FOREIGN_CA.client("alice@corp.example"), CA.judge()),
            authenticator(SERVER, CA.judge()));

    assertThat(((EapAuthenticatorResult.Failure) talk.authenticatorResult).reason())
        .isEqualTo(new EapAuthenticatorFailure.CertificateRefused(2, "foreign"));
    assertThat(talk.peerResult)
        .isEqualTo(
            new EapPeerResult.Failure(
                new EapPeerFailure.TlsAlertReceived(CertificateVerdict.Refused.UNKNOWN_CA)));
  }

  @Test
  void a_peer_without_a_certificate_is_refused() {
    for (boolean tls13 : new boolean[] {false, true}) {
      EapTlsOptions options = new EapTlsOptions(tls13, 1024);
      Conversation talk =
          talk(
              peer(new EapPeerMethod.Tls(Optional.empty(), CA.judge(), options)),
              authenticator(
                  new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of(), options)));

      assertThat(((EapAuthenticatorResult.Failure) talk.authenticatorResult).reason())
          .isEqualTo(new EapAuthenticatorFailure.CertificateMissing());
      assertThat(talk.peerResult).isInstanceOf(EapPeerResult.Failure.class);
    }
  }

  @Test
  void a_server_certificate_that_the_peer_refuses_ends_in_its_alert() {
    Conversation talk =
        talk(
            peer(CLIENT, CA.judge()),
            authenticator(CA.expiredServer("nps.corp.example"), CA.judge()));

    assertThat(talk.peerResult)
        .isEqualTo(new EapPeerResult.Failure(new EapPeerFailure.CertificateRefused(1, "expired")));
    assertThat(((EapAuthenticatorResult.Failure) talk.authenticatorResult).reason())
        .isEqualTo(
            new EapAuthenticatorFailure.TlsAlertReceived(
                CertificateVerdict.Refused.CERTIFICATE_EXPIRED));
  }

  @Test
  void a_stolen_certificate_without_its_key_is_refused() {
    CertificateAndKey stolen =
        new CertificateAndKey(CLIENT.chain(), CA.client("mallory@corp.example").privateKey());

    Conversation talk = talk(peer(stolen, CA.judge()), authenticator(SERVER, CA.judge()));

    assertThat(((EapAuthenticatorResult.Failure) talk.authenticatorResult).reason())
        .isInstanceOf(EapAuthenticatorFailure.TlsFailed.class);
    assertThat(talk.peerResult).isInstanceOf(EapPeerResult.Failure.class);
  }

  @Test
  void a_server_that_shows_a_certificate_without_its_key_is_refused_by_the_peer() {
    for (boolean tls13 : new boolean[] {false, true}) {
      EapTlsOptions options = new EapTlsOptions(tls13, 1024);
      CertificateAndKey stolen = new CertificateAndKey(SERVER.chain(), CLIENT.privateKey());

      Conversation talk =
          talk(
              peer(new EapPeerMethod.Tls(Optional.of(CLIENT), CA.judge(), options)),
              authenticator(
                  new EapAuthenticatorMethod.Tls(stolen, CA.judge(), List.of(), options)));

      assertThat(((EapPeerResult.Failure) talk.peerResult).reason())
          .isInstanceOf(EapPeerFailure.ProtocolViolation.class);
      assertThat(talk.authenticatorResult).isInstanceOf(EapAuthenticatorResult.Failure.class);
    }
  }

  @Test
  void certificates_are_judged_by_the_time_of_the_call_and_no_other_clock() {
    List<Instant> seen = new ArrayList<>();
    CertificateJudge recording =
        (now, chain) -> {
          seen.add(now);
          return new CertificateVerdict.Accepted();
        };

    talk(peer(CLIENT, recording), authenticator(SERVER, recording));

    assertThat(seen).containsExactly(NOW, NOW);
  }

  @Test
  void one_seed_gives_the_same_packets_again() {
    for (boolean tls13 : new boolean[] {false, true}) {
      EapTlsOptions options = new EapTlsOptions(tls13, 1024);
      CertificateAndKey client = CA.ecClient("alice", "secp256r1");
      List<List<Octets>> runs = new ArrayList<>();
      for (int run = 0; run < 2; run++) {
        Conversation talk =
            talk(
                peer(new EapPeerMethod.Tls(Optional.of(client), CA.judge(), options)),
                authenticator(
                    new EapAuthenticatorMethod.Tls(
                        SERVER, CA.judge(), List.of(CA.name()), options)));
        runs.add(talk.packets);
      }

      assertThat(runs.get(1)).isEqualTo(runs.get(0));
    }
  }

  @Test
  void a_Nak_moves_the_conversation_to_the_method_that_the_peer_has() {
    CredentialSource anybody = (now, name) -> AccountDecision.ofPassword("secret");
    EapAuthenticator authenticator =
        new EapAuthenticator(
            new EapAuthenticatorConfig(
                List.of(
                    new EapAuthenticatorMethod.MsChapV2("nps", anybody),
                    new EapAuthenticatorMethod.Tls(SERVER, CA.judge(), List.of()))),
            RandomSource.seeded(3));

    Conversation talk = talk(peer(CLIENT, CA.judge()), authenticator);

    assertThat(((EapAuthenticatorResult.Success) talk.authenticatorResult).method())
        .isEqualTo(EapType.TLS);
  }

  private static EapPeer peer(CertificateAndKey own, CertificateJudge judge) {
    return peer(new EapPeerMethod.Tls(own, judge));
  }

  private static EapPeer peer(EapPeerMethod.Tls method) {
    return new EapPeer(
        new EapPeerConfig("alice@corp.example", List.of(method)), RandomSource.seeded(1));
  }

  private static EapAuthenticator authenticator(CertificateAndKey own, CertificateJudge judge) {
    return authenticator(new EapAuthenticatorMethod.Tls(own, judge, List.of(CA.name())));
  }

  private static EapAuthenticator authenticator(EapAuthenticatorMethod.Tls method) {
    return new EapAuthenticator(
        new EapAuthenticatorConfig(List.of(method)), RandomSource.seeded(2));
  }

  private static Conversation talk(EapPeer peer, EapAuthenticator authenticator) {
    return Conversation.run(NOW, peer, authenticator);
  }
}
