package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeHeader;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadChain;
import vpnlab.wire.ike.PayloadType;

/**
 * Mutated messages, in the clear and under the right keys, to both ends in all states: no
 * exception, no hang, no growth. {@code -Dvpnlab.mutations=1000000} for more than the default.
 */
class IkeRobustnessTest {
  private static final int MUTATIONS = Integer.getInteger("vpnlab.mutations", 20_000);

  /** Changes some octets, and sets the length right half of the time. */
  private static Octets mutated(Random random, Octets octets, boolean isMessage) {
    byte[] bytes = octets.toArray();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
        case 3 -> bytes = java.util.Arrays.copyOf(bytes, at);
        case 4 -> bytes = java.util.Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
        default -> bytes[at]++;
      }
    }
    if (isMessage && bytes.length >= 28 && random.nextBoolean()) {
      bytes[24] = 0;
      bytes[25] = 0;
      bytes[26] = (byte) (bytes.length >> 8);
      bytes[27] = (byte) bytes.length;
    }
    return Octets.of(bytes);
  }

  /** The datagrams of a whole connection, rekeyings and farewell included. */
  private static List<TestNetwork.Datagram> conversation() {
    TestPair pair = TestPair.of(c -> c, s -> s).connect();
    IkeSaId id = pair.client.only(IkeEvent.Established.class).saId();
    long spi = pair.client.only(IkeEvent.Established.class).child().inboundSpi();
    pair.client.command(new IkeCommand.RekeyChildSa(id, spi));
    pair.network.run(Duration.ofMinutes(1));
    pair.client.command(new IkeCommand.RekeyIkeSa(id));
    pair.network.run(Duration.ofMinutes(1));
    pair.client.command(new IkeCommand.MoveTo(id, TestPair.CLIENT_NAT.getAddress()));
    pair.client.command(new IkeCommand.TellAddresses(id, List.of(TestPair.ip("10.1.1.1"))));
    pair.network.run(Duration.ofMinutes(1));
    pair.client.command(new IkeCommand.Disconnect());
    pair.network.run(Duration.ofMinutes(1));
    return pair.network.sent();
  }

  @Test
  void a_responder_survives_mutated_messages_and_its_state_stays_bounded() {
    List<TestNetwork.Datagram> seeds =
        conversation().stream()
            .filter(d -> d.to().getAddress().equals(TestPair.ip("198.51.100.1")))
            .toList();
    Random random = new Random(11);
    IkeResponder responder =
        new IkeResponder(
            TestPair.serverConfig()
                .maxHalfOpen(50)
                .cookieThreshold(40)
                .ikeProposals(IkeProposals.ike("aes128-sha1-modp1024-ecp256"))
                .build(),
            RandomSource.seeded(5));
    Instant now = Instant.parse("2026-11-21T08:00:00Z");
    int most = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      TestNetwork.Datagram seed = seeds.get(random.nextInt(seeds.size()));
      Octets octets =
          random.nextInt(50) == 0 ? seed.payload() : mutated(random, seed.payload(), true);
      deliver(responder, now, seed, octets);
      most = Math.max(most, responder.stateSize());
    }
    // Each half-open SA has two table entries, a life timer, and three entries of the responder's.
    assertThat(most).isBetween(5, 50 * 6);
  }

  @Test
  void an_initiator_survives_mutated_answers_and_its_state_stays_bounded() {
    List<TestNetwork.Datagram> seeds =
        conversation().stream()
            .filter(d -> d.to().getAddress().equals(TestPair.ip("192.0.2.10")))
            .toList();
    Random random = new Random(12);
    Instant now = Instant.parse("2026-11-21T08:00:00Z");
    int survived = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      // The same seed as in the conversation, so that unchanged messages would be accepted.
      IkeInitiator initiator =
          new IkeInitiator(TestPair.clientConfig().build(), RandomSource.seeded(1));
      initiator.handle(now, new Input.Command(new IkeCommand.Connect()));
      for (int j = 0; j < 20; j++, i++) {
        TestNetwork.Datagram seed = seeds.get(random.nextInt(Math.min(6, seeds.size())));
        deliver(initiator, now, seed, mutated(random, seed.payload(), true));
        assertThat(initiator.stateSize()).isLessThanOrEqualTo(8);
      }
      survived++;
    }
    assertThat(survived).isPositive();
  }

  private static List<Output> deliver(
      Endpoint endpoint, Instant now, TestNetwork.Datagram seed, Octets octets) {
    return endpoint.handle(now, new Input.DatagramReceived(seed.to(), seed.from(), octets));
  }

  /** A peer with the right keys that says what it should not. */
  @Test
  void authentic_but_mutated_payloads_are_survived_in_every_state() {
    Random random = new Random(13);
    int rounds = Math.max(20, MUTATIONS / 200);
    int bitten = 0;
    for (int round = 0; round < rounds; round++) {
      TestPair pair = TestPair.of(c -> c, s -> s);
      Tamperer tamperer = new Tamperer(pair, random, round % 4);
      pair.network.wire(tamperer::tamper);
      pair.client.command(new IkeCommand.Connect());
      pair.network.run(Duration.ofMinutes(5));
      pair.client
          .events(IkeEvent.Established.class)
          .forEach(
              established -> {
                pair.client.command(
                    new IkeCommand.RekeyChildSa(
                        established.saId(), established.child().inboundSpi()));
                pair.client.command(new IkeCommand.RekeyIkeSa(established.saId()));
                pair.client.command(
                    new IkeCommand.MoveTo(established.saId(), TestPair.CLIENT_NAT.getAddress()));
                pair.client.command(
                    new IkeCommand.TellAddresses(
                        established.saId(), List.of(TestPair.ip("10.1.1.1"))));
                pair.client.command(new IkeCommand.CheckLiveness(established.saId()));
                pair.client.command(new IkeCommand.Disconnect());
              });
      pair.network.run(Duration.ofMinutes(10));
      assertThat(
              pair.client.events(IkeEvent.Failed.class).size()
                  + pair.client.events(IkeEvent.Closed.class).size())
          .as(() -> pair.client.transcript().toString())
          .isEqualTo(1);
      bitten += tamperer.tampered;
      assertThat(pair.initiator.stateSize()).isLessThanOrEqualTo(8);
      assertThat(pair.responder.stateSize()).isLessThanOrEqualTo(12);
    }
    assertThat(bitten).isGreaterThan(rounds / 2);
  }

  /** Opens messages with the keys that the ends report, changes what is inside, and seals again. */
  private static final class Tamperer {
    private final TestPair pair;
    private final Random random;
    private final int honest;
    private int seen;
    private int tampered;

    Tamperer(TestPair pair, Random random, int honest) {
      this.pair = pair;
      this.random = random;
      this.honest = honest * 3;
    }

    TestNetwork.Datagram tamper(TestNetwork.Datagram datagram) {
      List<IkeEvent.KeysDerived> derived = pair.server.events(IkeEvent.KeysDerived.class);
      if (datagram.from().getPort() != 4500 || derived.isEmpty() || seen++ < honest) {
        return datagram;
      }
      if (random.nextInt(3) > 0) {
        return datagram;
      }
      try {
        Octets message = datagram.payload().from(4);
        IkeMessage outer = IkeMessage.decode(message);
        for (IkeEvent.KeysDerived keys : derived) {
          if (keys.initiatorSpi().equals(outer.initiatorSpi())
              && outer.payloads().get(0) instanceof Payload.Encrypted sk) {
            return datagram.with(resealed(keys, outer, message, sk));
          }
        }
      } catch (vpnlab.wire.MalformedMessageException e) {
        throw new AssertionError(e);
      }
      return datagram;
    }

    private Octets resealed(
        IkeEvent.KeysDerived derived, IkeMessage outer, Octets message, Payload.Encrypted sk) {
      IkeSuite suite = IkeSuite.of(derived.suite()).orElseThrow();
      boolean initiators = outer.fromInitiator();
      MessageProtection receiver =
          new MessageProtection(suite, derived.keys(), !initiators, RandomSource.seeded(1));
      MessageProtection sender =
          new MessageProtection(suite, derived.keys(), initiators, RandomSource.seeded(2));
      Octets inner = receiver.open(message, sk.content()).orElseThrow();
      tampered++;
      Octets changed = mutated(random, inner, false);
      PayloadType first =
          random.nextInt(20) == 0 ? new PayloadType(random.nextInt(256)) : sk.firstInner();
      return vpnlab.wire.ike.IkeDatagram.withMarker(sender.protectOctets(outer, first, changed));
    }
  }

  @Test
  void an_authentic_message_with_an_unknown_critical_payload_is_answered_with_its_type() {
    TestPair pair = TestPair.of(c -> c, s -> s).connect();
    int before = pair.server.transcript().size();
    send(pair, List.of(new Payload.Unknown(new PayloadType(200), true, Octets.EMPTY)));
    assertThat(pair.server.transcript().get(before + 1))
        .isEqualTo("SENT INFORMATIONAL response 4 [ N(UNSUPPORTED_CRITICAL_PAYLOAD) ]");
    assertThat(pair.server.events(IkeEvent.Failed.class)).isEmpty();
  }

  @Test
  void an_authentic_message_that_is_malformed_is_answered_with_invalid_syntax_and_ends_the_sa() {
    TestPair pair = TestPair.of(c -> c, s -> s).connect();
    Octets tooShort = Octets.ofHex("00000003");
    pair.server.receive(
        new TestNetwork.Datagram(
            TestPair.CLIENT_NAT,
            TestPair.SERVER_NAT,
            vpnlab.wire.ike.IkeDatagram.withMarker(
                protection(pair).protectOctets(message(pair), PayloadType.NONCE, tooShort))));
    assertThat(String.join("\n", pair.server.transcript())).contains("N(INVALID_SYNTAX)");
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isInstanceOf(IkeFailure.Malformed.class);
  }

  private static MessageProtection protection(TestPair pair) {
    IkeEvent.KeysDerived derived = pair.client.only(IkeEvent.KeysDerived.class);
    IkeSuite suite = IkeSuite.of(derived.suite()).orElseThrow();
    return new MessageProtection(suite, derived.keys(), true, RandomSource.seeded(3));
  }

  private static IkeMessage message(TestPair pair) {
    IkeEvent.KeysDerived derived = pair.client.only(IkeEvent.KeysDerived.class);
    return new IkeMessage(
        derived.initiatorSpi(),
        derived.responderSpi(),
        IkeHeader.VERSION_2_0,
        ExchangeType.INFORMATIONAL,
        IkeHeader.INITIATOR,
        4,
        List.of());
  }

  private static void send(TestPair pair, List<Payload> payloads) {
    Octets sealed =
        protection(pair)
            .protectOctets(
                message(pair), PayloadChain.firstType(payloads), PayloadChain.encode(payloads));
    pair.server.receive(
        new TestNetwork.Datagram(
            TestPair.CLIENT_NAT,
            TestPair.SERVER_NAT,
            vpnlab.wire.ike.IkeDatagram.withMarker(sealed)));
  }

  @Test
  void fragments_without_end_take_no_more_room_than_one_message() {
    TestPair pair = TestPair.of(c -> c, s -> s);
    pair.network.wire(
        d -> d.to().equals(TestPair.SERVER_NAT) ? d.with(TestNetwork.Datagram.LOST) : d);
    pair.client.command(new IkeCommand.Connect());
    pair.network.run(Duration.ofMillis(100));
    int before = pair.responder.stateSize();
    List<Octets> all = new ArrayList<>();
    Random random = new Random(1);
    IkeMessage outer = message(pair);
    for (int i = 0; i < 5000; i++) {
      int total = 2 + random.nextInt(60000);
      Payload.EncryptedFragment fragment =
          new Payload.EncryptedFragment(
              PayloadType.NONE, 1 + random.nextInt(total), total, Octets.zeros(60));
      all.add(outer.withPayloads(List.of(fragment)).encode());
    }
    for (Octets octets : all) {
      deliver(
          pair.responder,
          pair.network.now(),
          new TestNetwork.Datagram(TestPair.CLIENT_NAT, TestPair.SERVER_NAT, octets),
          octets);
    }
    assertThat(pair.responder.stateSize()).isEqualTo(before);
  }
}
