package vpnlab.protocol.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapCode;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.eap.EapTlsPacket;
import vpnlab.wire.eap.EapType;

/** Whatever arrives, both ends answer, ignore or end; they never throw, and they do end. */
class EapRobustnessTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final TestPki CA = TestPki.create("Lab root", NOW);
  private static final CertificateAndKey SERVER = CA.ecServer("nps.corp.example", "secp256r1");
  private static final CertificateAndKey CLIENT = CA.ecClient("alice", "secp256r1");

  private final Random random = new Random(20261121);

  @Test
  void mutated_EAP_MSCHAPv2_conversations_break_neither_end() {
    int ended = 0;
    for (int run = 0; run < 10_000; run++) {
      EapPeerMethod own = new EapPeerMethod.MsChapV2("alice", "secret");
      EapAuthenticatorMethod method =
          new EapAuthenticatorMethod.MsChapV2(
              "nps", (now, name) -> AccountDecision.ofPassword("secret"), 1);
      ended += converse(own, method, 3) ? 1 : 0;
    }
    assertThat(ended).as("conversations that came to an end").isGreaterThan(2_500);
  }

  @Test
  void mutated_EAP_TLS_conversations_break_neither_end() {
    int ended = 0;
    for (int run = 0; run < 400; run++) {
      EapTlsOptions options = new EapTlsOptions(run % 2 == 0, 300);
      EapPeerMethod own =
          new EapPeerMethod.Tls(
              Optional.of(CLIENT), (now, chain) -> new CertificateVerdict.Accepted(), options);
      EapAuthenticatorMethod method =
          new EapAuthenticatorMethod.Tls(
              SERVER, (now, chain) -> new CertificateVerdict.Accepted(), List.of(), options);
      ended += converse(own, method, 8) ? 1 : 0;
    }
    assertThat(ended).as("conversations that came to an end").isGreaterThan(100);
  }

  @Test
  void mutated_PEAP_conversations_break_neither_end() {
    TlsSessionCache ofPeer = new TlsSessionCache(Duration.ofHours(1), 1);
    TlsSessionCache ofServer = new TlsSessionCache(Duration.ofHours(1), 10);
    int ended = 0;
    for (int run = 0; run < 400; run++) {
      PeapOptions options =
          new PeapOptions(
              PeapOptions.Cryptobinding.values()[run % 3], new EapTlsOptions(false, 600));
      EapPeerMethod own =
          new EapPeerMethod.Peap(
              new EapPeerConfig("alice", List.of(new EapPeerMethod.MsChapV2("alice", "secret"))),
              (now, chain) -> new CertificateVerdict.Accepted(),
              options.with(ofPeer));
      EapAuthenticatorMethod method =
          new EapAuthenticatorMethod.Peap(
              Optional.of(SERVER),
              new EapAuthenticatorConfig(
                  List.of(
                      new EapAuthenticatorMethod.MsChapV2(
                          "nps", (now, name) -> AccountDecision.ofPassword("secret")))),
              options.with(ofServer));
      ended += converse(own, method, 8) ? 1 : 0;
    }
    assertThat(ended).as("conversations that came to an end").isGreaterThan(100);
  }

  /** What travels inside the tunnel is no safer than what travels outside. */
  @Test
  void arbitrary_octets_inside_the_tunnel_give_an_EAP_packet_or_a_clean_error() {
    for (int run = 0; run < 10_000; run++) {
      Octets data = octets(random.nextInt(60));
      try {
        assertThat(PeapCompression.decompress(data, EapCode.REQUEST, 7).isRequest()).isTrue();
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotBlank();
      }
    }
  }

  @Test
  void what_is_compressed_for_the_tunnel_comes_out_the_same() throws Exception {
    for (int run = 0; run < 10_000; run++) {
      EapType type =
          random.nextInt(4) == 0
              ? EapType.expanded(random.nextBoolean() ? 311 : random.nextInt(1 << 24), run)
              : EapType.of(1 + random.nextInt(60));
      EapPacket packet = EapPacket.request(7, type, octets(random.nextInt(60)));
      Octets compressed = PeapCompression.compress(packet.encode());
      assertThat(PeapCompression.decompress(compressed, EapCode.REQUEST, 7)).isEqualTo(packet);
      boolean whole = type.equals(EapType.TLV_EXTENSIONS) || type.vendor() == 311;
      assertThat(compressed.size()).isEqualTo(packet.encode().size() - (whole ? 0 : 4));
    }
  }

  @Test
  void arbitrary_octets_after_a_good_start_break_neither_end() {
    for (int run = 0; run < 10_000; run++) {
      EapPeer peer = peer(new EapPeerMethod.MsChapV2("alice", "secret"));
      EapAuthenticator authenticator =
          authenticator(
              new EapAuthenticatorMethod.MsChapV2(
                  "nps", (now, name) -> AccountDecision.ofPassword("secret")));
      authenticator.handle(NOW, EapPacket.identityResponse(1, "alice").encode());
      for (int i = 0; i < 10; i++) {
        Octets data = octets(random.nextInt(70));
        EapType type = random.nextBoolean() ? EapType.MSCHAPV2 : EapType.of(random.nextInt(60));
        assertThat(peer.handle(NOW, EapPacket.request(i, type, data).encode())).isNotNull();
        assertThat(authenticator.handle(NOW, EapPacket.response(2 + i, type, data).encode()))
            .isNotNull();
        assertThat(peer.handle(NOW, data)).isNotNull();
        assertThat(authenticator.handle(NOW, data)).isNotNull();
      }
    }
  }

  @Test
  void a_peer_that_sends_fragments_for_ever_is_cut_off() {
    EapAuthenticator authenticator =
        authenticator(
            new EapAuthenticatorMethod.Tls(
                SERVER, (now, chain) -> new CertificateVerdict.Accepted(), List.of()));
    authenticator.handle(NOW, EapPacket.identityResponse(0, "alice").encode());
    Octets one =
        new EapTlsPacket(
                EapTlsPacket.MORE_FRAGMENTS, java.util.OptionalLong.empty(), Octets.zeros(1))
            .encode();

    EapAuthenticatorResult result = null;
    for (int i = 1; i < 1000 && !(result instanceof EapAuthenticatorResult.Failure); i++) {
      result = authenticator.handle(NOW, EapPacket.response(i & 0xff, EapType.TLS, one).encode());
    }

    assertThat(result).isInstanceOf(EapAuthenticatorResult.Failure.class);
  }

  @Test
  void a_message_longer_than_any_handshake_is_not_collected() {
    EapPeer peer =
        peer(new EapPeerMethod.Tls(CLIENT, (now, chain) -> new CertificateVerdict.Accepted()));
    peer.handle(NOW, EapPacket.request(0, EapType.TLS, EapTlsPacket.start().encode()).encode());
    Octets big =
        new EapTlsPacket(
                EapTlsPacket.MORE_FRAGMENTS, java.util.OptionalLong.empty(), Octets.zeros(30_000))
            .encode();

    assertThat(peer.handle(NOW, EapPacket.request(1, EapType.TLS, big).encode()))
        .isInstanceOf(EapPeerResult.Respond.class);
    peer.handle(NOW, EapPacket.request(2, EapType.TLS, big).encode());
    assertThat(peer.handle(NOW, EapPacket.request(3, EapType.TLS, big).encode()))
        .isInstanceOf(EapPeerResult.Failure.class);
  }

  @Test
  void a_fault_in_the_judge_reaches_its_owner() {
    EapPeer peer =
        peer(
            new EapPeerMethod.Tls(
                CLIENT,
                (now, chain) -> {
                  throw new IllegalStateException("a bug in the judge");
                }));
    EapAuthenticator authenticator =
        authenticator(
            new EapAuthenticatorMethod.Tls(
                SERVER, (now, chain) -> new CertificateVerdict.Accepted(), List.of()));

    assertThatThrownBy(() -> Conversation.run(NOW, peer, authenticator))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a bug in the judge");
  }

  /** Whether it came to an end within a bounded number of rounds. */
  private boolean converse(EapPeerMethod own, EapAuthenticatorMethod method, int oneIn) {
    EapPeer peer = peer(own);
    EapAuthenticator authenticator = authenticator(method);
    Octets toPeer = ((EapAuthenticatorResult.Request) authenticator.begin()).packet();
    for (int round = 0; round < 60; round++) {
      EapPeerResult answer = peer.handle(NOW, sometimesMutated(toPeer, oneIn));
      if (!(answer instanceof EapPeerResult.Respond respond)) {
        if (answer instanceof EapPeerResult.Ignored) {
          continue;
        }
        return true;
      }
      EapAuthenticatorResult result =
          authenticator.handle(NOW, sometimesMutated(respond.response(), oneIn));
      if (result instanceof EapAuthenticatorResult.Request request) {
        toPeer = request.packet();
      } else if (result instanceof EapAuthenticatorResult.Failure failure) {
        toPeer = failure.packet();
      } else if (result instanceof EapAuthenticatorResult.Success success) {
        toPeer = success.packet();
      }
    }
    return false;
  }

  private Octets sometimesMutated(Octets packet, int oneIn) {
    if (random.nextInt(oneIn) != 0) {
      return packet;
    }
    byte[] bytes = packet.toArray();
    for (int n = 0; n <= random.nextInt(3); n++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    boolean cut = random.nextInt(8) == 0;
    return Octets.of(bytes, 0, cut ? random.nextInt(bytes.length) : bytes.length);
  }

  private EapPeer peer(EapPeerMethod method) {
    return new EapPeer(
        new EapPeerConfig("alice", List.of(method)), RandomSource.seeded(random.nextLong()));
  }

  private EapAuthenticator authenticator(EapAuthenticatorMethod method) {
    return new EapAuthenticator(
        new EapAuthenticatorConfig(List.of(method)), RandomSource.seeded(random.nextLong()));
  }

  private Octets octets(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
