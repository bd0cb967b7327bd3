package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.AccountDecision;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorFailure;
import vpnlab.protocol.eap.EapAuthenticatorMethod;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerConfig;
import vpnlab.protocol.eap.EapPeerMethod;
import vpnlab.protocol.eap.EapPeerResult;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

class EapConversationsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Octets IDENTITY = EapPacket.identityResponse(1, "alice").encode();

  private final EapConversations conversations =
      new EapConversations(Duration.ofSeconds(60), 2, RandomSource.seeded(1));

  @Test
  void interleaved_conversations_are_told_apart_by_their_State() throws Exception {
    EapPeer first = peer("secret");
    EapPeer second = peer("wrong");
    RadiusPacket a = challenge(conversations.handle(NOW, request(IDENTITY, null), this::open));
    RadiusPacket b = challenge(conversations.handle(NOW, request(IDENTITY, null), this::open));

    a = challenge(next(first, a));
    b = challenge(next(second, b));

    assertThat(next(second, b)).isInstanceOf(EapExchange.Reject.class);
    assertThat(next(first, a)).isInstanceOf(EapExchange.Accept.class);
    assertThat(conversations.size()).isZero();
  }

  @Test
  void a_State_that_nobody_gave_out_is_rejected_with_EAP_Failure() {
    EapExchange exchange =
        conversations.handle(NOW, request(IDENTITY, Octets.zeros(16)), this::open);

    assertThat(((EapExchange.Reject) exchange).reason())
        .isEqualTo(new EapAuthenticatorFailure.ConversationUnknown());
    assertThat(((EapExchange.Reject) exchange).attributes())
        .containsExactlyElementsOf(
            RadiusPacket.eapMessageAttributes(EapPacket.failure(1).encode()));
  }

  @Test
  void a_conversation_is_forgotten_when_its_time_is_over() {
    RadiusPacket a = challenge(conversations.handle(NOW, request(IDENTITY, null), this::open));
    Optional<Octets> state = a.first(RadiusAttributeType.STATE);

    EapExchange late =
        conversations.handle(
            NOW.plusSeconds(60), request(IDENTITY, state.orElseThrow()), this::open);

    assertThat(((EapExchange.Reject) late).reason())
        .isEqualTo(new EapAuthenticatorFailure.ConversationUnknown());
  }

  @Test
  void never_more_conversations_are_kept_than_the_limit() {
    for (int i = 0; i < 20; i++) {
      conversations.handle(NOW, request(IDENTITY, null), this::open);
      assertThat(conversations.size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void an_EAP_Start_is_answered_with_an_Identity_Request() throws Exception {
    RadiusPacket start =
        challenge(conversations.handle(NOW, request(Octets.EMPTY, null), this::open));

    EapPacket packet = EapPacket.decode(start.eapMessage().orElseThrow());
    assertThat(packet).isEqualTo(EapPacket.identityRequest(packet.identifier()));
    assertThat(next(peer("secret"), start)).isInstanceOf(EapExchange.Challenge.class);
  }

  private EapAuthenticator open() {
    EapAuthenticatorMethod method =
        new EapAuthenticatorMethod.MsChapV2(
            "nps", (now, name) -> AccountDecision.ofPassword("secret"));
    return new EapAuthenticator(
        new EapAuthenticatorConfig(List.of(method)), RandomSource.seeded(2));
  }

  private static EapPeer peer(String password) {
    return new EapPeer(
        new EapPeerConfig("alice", List.of(new EapPeerMethod.MsChapV2("alice", password))),
        RandomSource.seeded(3));
  }

  private EapExchange next(EapPeer peer, RadiusPacket challenge) {
    EapPeerResult result = peer.handle(NOW, challenge.eapMessage().orElseThrow());
    Octets response = ((EapPeerResult.Respond) result).response();
    Octets state = challenge.first(RadiusAttributeType.STATE).orElseThrow();
    return conversations.handle(NOW, request(response, state), this::open);
  }

  private static RadiusPacket challenge(EapExchange exchange) {
    List<RadiusAttribute> attributes = ((EapExchange.Challenge) exchange).attributes();
    return new RadiusPacket(RadiusCode.ACCESS_CHALLENGE, 1, Octets.zeros(16), attributes);
  }

  private static RadiusPacket request(Octets eap, Octets state) {
    List<RadiusAttribute> attributes = new ArrayList<>(RadiusPacket.eapMessageAttributes(eap));
    if (state != null) {
      attributes.add(new RadiusAttribute(RadiusAttributeType.STATE, state));
    }
    return new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, Octets.zeros(16), attributes);
  }
}
