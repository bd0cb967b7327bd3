package vpnlab.protocol.eap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapType;
import vpnlab.wire.eap.MsChapV2FailureMessage;
import vpnlab.wire.eap.MsChapV2Packet;

class MsChapV2ConversationTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final CredentialSource ALICE =
      (now, name) ->
          name.equals("alice")
              ? AccountDecision.ofPassword("Correct horse 1")
              : new AccountDecision.Unknown();

  @Test
  void the_right_password_succeeds_with_one_MSK_on_both_sides() {
    Conversation talk = talk(peer("alice", "Correct horse 1"), authenticator(ALICE, 0));

    EapPeerResult.Success peer = (EapPeerResult.Success) talk.peerResult;
    EapAuthenticatorResult.Success authenticator =
        (EapAuthenticatorResult.Success) talk.authenticatorResult;
    assertThat(peer.keys().msk()).isEqualTo(authenticator.keys().msk());
    assertThat(peer.keys().msk().size()).isEqualTo(64);
    assertThat(peer.keys().msk().from(32)).isEqualTo(Octets.zeros(32));
    assertThat(authenticator.name()).isEqualTo("alice");
    assertThat(authenticator.method()).isEqualTo(EapType.MSCHAPV2);
  }

  @Test
  void a_wrong_password_is_told_as_691_and_ends_both_sides() {
    Conversation talk = talk(peer("alice", "wrong"), authenticator(ALICE, 0));

    assertThat(reason(talk)).isEqualTo(new EapAuthenticatorFailure.BadCredentials("alice"));
    assertThat(talk.peerResult)
        .isEqualTo(
            new EapPeerResult.Failure(
                new EapPeerFailure.MsChapError(691, false, "Authentication failed")));
  }

  @Test
  void an_unknown_account_looks_to_the_peer_like_a_wrong_password() {
    Conversation unknown = talk(peer("bob", "Correct horse 1"), authenticator(ALICE, 0));
    Conversation wrong = talk(peer("alice", "wrong"), authenticator(ALICE, 0));

    assertThat(reason(unknown)).isEqualTo(new EapAuthenticatorFailure.UnknownAccount("bob"));
    assertThat(unknown.peerResult).isEqualTo(wrong.peerResult);
  }

  @Test
  void an_account_state_is_told_only_to_a_peer_that_knows_the_password() {
    for (int error : new int[] {646, 647, 648, 649, 709}) {
      CredentialSource refused = (now, name) -> AccountDecision.refused("secret", error);

      Conversation right = talk(peer("alice", "secret"), authenticator(refused, 3));
      assertThat(reason(right))
          .isEqualTo(new EapAuthenticatorFailure.AccountRefused("alice", error));
      EapPeerFailure told = ((EapPeerResult.Failure) right.peerResult).reason();
      assertThat(((EapPeerFailure.MsChapError) told).error()).isEqualTo(error);
      assertThat(((EapPeerFailure.MsChapError) told).retriable()).isFalse();

      Conversation wrong = talk(peer("alice", "guess"), authenticator(refused, 0));
      assertThat(reason(wrong)).isEqualTo(new EapAuthenticatorFailure.BadCredentials("alice"));
    }
  }

  @Test
  void a_peer_that_gets_a_new_password_may_try_again_when_R_is_1() {
    List<MsChapV2FailureMessage> asked = new ArrayList<>();
    EapPeer peer =
        peer(
            new EapPeerMethod.MsChapV2(
                "alice",
                "wrong",
                EapPeerMethod.FailureAnswer.ACKNOWLEDGE,
                failure -> {
                  asked.add(failure);
                  return Optional.of("Correct horse 1");
                }));

    Conversation talk = talk(peer, authenticator(ALICE, 1));

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).retryAllowed()).isTrue();
    assertThat(talk.peerResult).isInstanceOf(EapPeerResult.Success.class);
    assertThat(talk.authenticatorResult).isInstanceOf(EapAuthenticatorResult.Success.class);
  }

  @Test
  void retries_come_to_an_end() {
    EapPeer peer =
        peer(
            new EapPeerMethod.MsChapV2(
                "alice",
                "wrong",
                EapPeerMethod.FailureAnswer.ACKNOWLEDGE,
                failure -> Optional.of("wrong again")));

    Conversation talk = talk(peer, authenticator(ALICE, 2));

    assertThat(reason(talk)).isEqualTo(new EapAuthenticatorFailure.BadCredentials("alice"));
  }

  @Test
  void a_peer_that_hangs_up_leaves_the_reason_with_the_authenticator() {
    EapPeer peer =
        peer(
            new EapPeerMethod.MsChapV2(
                "alice",
                "wrong",
                EapPeerMethod.FailureAnswer.HANG_UP,
                failure -> Optional.empty()));
    EapAuthenticator authenticator = authenticator(ALICE, 0);

    Conversation talk = talk(peer, authenticator);

    assertThat(talk.peerResult).isInstanceOf(EapPeerResult.Failure.class);
    assertThat(authenticator.knownFailure())
        .contains(new EapAuthenticatorFailure.BadCredentials("alice"));
  }

  @Test
  void a_peer_gives_up_when_the_authenticator_cannot_prove_that_it_knows_the_password() {
    EapPeer peer = peer("alice", "secret");
    EapAuthenticator impostor =
        authenticator((now, name) -> AccountDecision.ofPassword("secret"), 0);
    Octets request = ((EapAuthenticatorResult.Request) impostor.begin()).packet();
    EapPeerResult answer = peer.handle(NOW, request);
    Octets challenge = next(impostor, answer);
    EapPeerResult response = peer.handle(NOW, challenge);
    Octets success = next(impostor, response);
    byte[] forged = success.toArray();
    int firstDigit = 5 + 4 + 2;
    forged[firstDigit] = (byte) (forged[firstDigit] == '0' ? '1' : '0');

    assertThat(peer.handle(NOW, Octets.of(forged)))
        .isEqualTo(new EapPeerResult.Failure(new EapPeerFailure.AuthenticatorUnproven()));
  }

  @Test
  void a_peer_without_the_proposed_method_names_its_own_and_is_followed() {
    EapAuthenticatorMethod second = new EapAuthenticatorMethod.MsChapV2("other", ALICE);
    EapPacket md5 = EapPacket.request(7, EapType.MD5_CHALLENGE, Octets.ofHex("10"));
    EapPeer peer = peer("alice", "Correct horse 1");

    EapPeerResult.Respond nak = (EapPeerResult.Respond) peer.handle(NOW, md5.encode());
    assertThat(nak.response()).isEqualTo(Octets.ofHex("02 07 00 06 03 1a"));
    assertThat(second.type()).isEqualTo(EapType.MSCHAPV2);
    assertThat(peer.handle(NOW, EapPacket.failure(7).encode()))
        .isEqualTo(
            new EapPeerResult.Failure(
                new EapPeerFailure.NoCommonMethod(List.of(EapType.MD5_CHALLENGE))));
  }

  @Test
  void a_Nak_that_leaves_no_method_is_the_reason_of_the_failure() {
    EapAuthenticator authenticator = authenticator(ALICE, 0);
    authenticator.begin();
    EapAuthenticator fresh = authenticator(ALICE, 0);
    fresh.handle(NOW, EapPacket.identityResponse(3, "alice").encode());

    EapAuthenticatorResult result = fresh.handle(NOW, Octets.ofHex("02 04 00 07 03 0d 19"));

    assertThat(result)
        .isEqualTo(
            new EapAuthenticatorResult.Failure(
                Octets.ofHex("04 04 00 04"),
                new EapAuthenticatorFailure.MethodRejectedByPeer(
                    EapType.MSCHAPV2, List.of(EapType.TLS, EapType.PEAP))));
  }

  @Test
  void an_early_Success_is_discarded() {
    EapPeer peer = peer("alice", "secret");

    assertThat(peer.handle(NOW, EapPacket.success(1).encode()))
        .isInstanceOf(EapPeerResult.Ignored.class);
  }

  @Test
  void a_retransmitted_Request_gets_the_same_Response() {
    EapPeer peer = peer("alice", "secret");
    Octets challenge =
        EapPacket.request(
                9,
                EapType.MSCHAPV2,
                new MsChapV2Packet.Challenge(9, Octets.zeros(16), Octets.EMPTY).encode())
            .encode();

    assertThat(peer.handle(NOW, challenge)).isEqualTo(peer.handle(NOW, challenge));
  }

  @Test
  void a_Response_with_another_identifier_is_ignored() {
    EapAuthenticator authenticator = authenticator(ALICE, 0);
    Octets request = ((EapAuthenticatorResult.Request) authenticator.begin()).packet();
    int other = (request.at(1) + 1) & 0xff;

    assertThat(authenticator.handle(NOW, EapPacket.identityResponse(other, "alice").encode()))
        .isInstanceOf(EapAuthenticatorResult.Ignored.class);
  }

  private static EapPeer peer(String user, String password) {
    return peer(new EapPeerMethod.MsChapV2(user, password));
  }

  private static EapPeer peer(EapPeerMethod.MsChapV2 method) {
    return new EapPeer(
        new EapPeerConfig(method.userName(), List.of(method)), RandomSource.seeded(1));
  }

  private static EapAuthenticator authenticator(CredentialSource credentials, int retries) {
    EapAuthenticatorMethod method =
        new EapAuthenticatorMethod.MsChapV2("nps", credentials, retries);
    return new EapAuthenticator(
        new EapAuthenticatorConfig(List.of(method)), RandomSource.seeded(2));
  }

  private static Octets next(EapAuthenticator authenticator, EapPeerResult answer) {
    Octets response = ((EapPeerResult.Respond) answer).response();
    return ((EapAuthenticatorResult.Request) authenticator.handle(NOW, response)).packet();
  }

  private static EapAuthenticatorFailure reason(Conversation talk) {
    return ((EapAuthenticatorResult.Failure) talk.authenticatorResult).reason();
  }

  private static Conversation talk(EapPeer peer, EapAuthenticator authenticator) {
    return Conversation.run(NOW, peer, authenticator);
  }
}
