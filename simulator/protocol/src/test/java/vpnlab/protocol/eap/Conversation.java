package vpnlab.protocol.eap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.Octets;

/** Carries packets between a peer and an authenticator until one of them has nothing to say. */
final class Conversation {
  private static final int MAX_ROUNDS = 200;

  EapPeerResult peerResult;
  EapAuthenticatorResult authenticatorResult;
  int rounds;
  final List<Octets> packets = new ArrayList<>();

  static Conversation run(Instant now, EapPeer peer, EapAuthenticator authenticator) {
    Conversation talk = new Conversation();
    talk.authenticatorResult = authenticator.begin();
    while (true) {
      assertThat(talk.rounds++).as("rounds").isLessThan(MAX_ROUNDS);
      talk.packets.add(talk.packet());
      talk.peerResult = peer.handle(now, talk.packet());
      if (!(talk.peerResult instanceof EapPeerResult.Respond answer)) {
        return talk;
      }
      talk.packets.add(answer.response());
      talk.authenticatorResult = authenticator.handle(now, answer.response());
    }
  }

  private Octets packet() {
    if (authenticatorResult instanceof EapAuthenticatorResult.Request request) {
      return request.packet();
    }
    if (authenticatorResult instanceof EapAuthenticatorResult.Success success) {
      return success.packet();
    }
    if (authenticatorResult instanceof EapAuthenticatorResult.Failure failure) {
      return failure.packet();
    }
    throw new AssertionError("the authenticator answers nothing: " + authenticatorResult);
  }
}
