package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeDatagram;
import vpnlab.wire.ike.IkeHeader;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.TransformId;

/** RFC 7296 sections 1.2, 1.3, 2.1, 2.6, 2.23 and 2.25, before anything is encrypted. */
class IkeSaInitTest {
  private static void assertEstablished(TestPair pair) {
    assertThat(pair.client.events(IkeEvent.Established.class))
        .as(() -> pair.client.transcript().toString())
        .hasSize(1);
  }

  @Test
  void what_windows_offers_by_default_is_twelve_suites_with_group_2() {
    assertThat(IkeProposals.windowsDefault()).hasSize(12);
    assertThat(IkeProposals.windowsDefault().get(0).describe()).isEqualTo("3des-sha1-modp1024");
    TestPair pair = TestPair.of(c -> c, s -> s).connect();
    assertEstablished(pair);
    IkeMessage request = pair.client.events(IkeEvent.Exchanged.class).get(0).message();
    assertThat(request.first(Payload.KeyExchange.class).orElseThrow().group())
        .isEqualTo(TransformId.MODP_1024);
    assertThat(request.all(Payload.VendorId.class)).hasSize(4);
  }

  @Test
  void a_server_with_one_suite_finds_it_among_windows_offers() {
    TestPair pair =
        TestPair.of(c -> c, s -> s.ikeProposals(IkeProposals.ike("aes256-sha384-modp1024")))
            .connect();
    assertEstablished(pair);
    assertThat(pair.client.only(IkeEvent.KeysDerived.class).suite().number()).isEqualTo(12);
  }

  @Test
  void no_common_suite_is_told_by_no_proposal_chosen() {
    TestPair pair =
        TestPair.of(c -> c, s -> s.ikeProposals(IkeProposals.ike("aes256-sha256-modp2048")))
            .connect();
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).type())
        .isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN);
    assertThat(pair.client.only(IkeEvent.Failed.class).phase()).isEqualTo(IkePhase.IKE_SA_INIT);
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isInstanceOfSatisfying(
            IkeFailure.NoProposalChosen.class, f -> assertThat(f.offered()).hasSize(12));
    assertThat(pair.responder.stateSize()).isZero();
    assertThat(pair.initiator.stateSize()).isZero();
  }

  @Test
  void another_group_is_asked_for_by_invalid_ke_payload_and_the_client_begins_again_with_it() {
    TestPair pair =
        TestPair.of(
                c -> c.ikeProposals(IkeProposals.ike("aes256-sha256-modp1024-ecp256")),
                s -> s.ikeProposals(IkeProposals.ike("aes256-sha256-ecp256")))
            .connect();
    assertEstablished(pair);
    assertThat(pair.client.transcript().get(1)).contains("N(INVALID_KE_PAYLOAD)");
    assertThat(pair.client.transcript().get(2)).contains("KE(ECP_256)");
  }

  @Test
  void a_group_that_was_not_offered_is_a_failure_and_no_loop() {
    TestPair pair = TestPair.of(c -> c, s -> s);
    pair.network.wire(
        d -> {
          if (d.from().equals(TestPair.SERVER)) {
            Payload.Notify notify =
                Payload.Notify.of(NotifyType.INVALID_KE_PAYLOAD, Octets.ofHex("0013"));
            return d.with(withPayloads(d.payload(), List.of(notify)));
          }
          return d;
        });
    pair.connect();
    assertThat(((IkeFailure.NotifyReceived) pair.clientFailure()).type())
        .isEqualTo(NotifyType.INVALID_KE_PAYLOAD);
  }

  private static Octets withPayloads(Octets message, List<Payload> payloads) {
    try {
      return IkeMessage.decode(message).withPayloads(payloads).encode();
    } catch (vpnlab.wire.MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void above_the_threshold_a_cookie_is_asked_for_and_brought() {
    TestPair pair = TestPair.of(c -> c, s -> s.cookieThreshold(0)).connect();
    assertEstablished(pair);
    assertThat(pair.client.transcript().get(1)).contains("N(COOKIE)");
    assertThat(pair.client.transcript().get(2)).contains("[ N(COOKIE) SA");
  }

  @Test
  void a_server_that_asks_for_cookies_for_ever_is_given_up() {
    TestPair pair = TestPair.of(c -> c, s -> s);
    AtomicInteger asked = new AtomicInteger();
    pair.network.wire(
        d -> {
          if (d.from().equals(TestPair.SERVER)) {
            Octets cookie = Octets.of((byte) asked.incrementAndGet());
            return d.with(
                withPayloads(d.payload(), List.of(Payload.Notify.of(NotifyType.COOKIE, cookie))));
          }
          return d;
        });
    pair.connect();
    assertThat(pair.clientFailure()).isInstanceOf(IkeFailure.class);
    assertThat(asked.get()).isLessThan(10);
  }

  @Test
  void a_wrong_cookie_is_answered_with_a_fresh_one_and_leaves_no_state() throws Exception {
    TestPair pair = TestPair.of(c -> c, s -> s.cookieThreshold(0));
    pair.network.wire(d -> d.with(TestNetwork.Datagram.LOST));
    pair.client.command(new IkeCommand.Connect());
    IkeMessage first = IkeMessage.decode(pair.network.sent().get(0).payload());
    List<Payload> payloads = new ArrayList<>();
    payloads.add(Payload.Notify.of(NotifyType.COOKIE, Octets.zeros(32)));
    payloads.addAll(first.payloads());
    pair.server.receive(
        new TestNetwork.Datagram(
            TestPair.CLIENT, TestPair.SERVER, first.withPayloads(payloads).encode()));
    assertThat(pair.server.transcript()).last().asString().contains("response 0 [ N(COOKIE) ]");
    assertThat(pair.responder.stateSize()).isZero();
  }

  @Test
  void silence_is_a_timeout_after_seven_transmissions_in_63_seconds() {
    TestPair pair = TestPair.of(c -> c, s -> s);
    pair.network.wire(d -> d.with(TestNetwork.Datagram.LOST));
    Instant begin = pair.network.now();
    pair.connect();
    assertThat(pair.clientFailure()).isEqualTo(new IkeFailure.Timeout(7));
    assertThat(pair.client.only(IkeEvent.Failed.class).phase()).isEqualTo(IkePhase.IKE_SA_INIT);
    assertThat(Duration.between(begin, pair.network.now())).isEqualTo(Duration.ofSeconds(63));
    assertThat(pair.network.sent()).hasSize(7);
    assertThat(RetransmissionPolicy.WINDOWS.total()).isEqualTo(Duration.ofSeconds(63));
  }

  @Test
  void a_blocked_port_4500_is_a_timeout_of_ike_auth() {
    TestPair pair = TestPair.of(c -> c, s -> s);
    pair.network.wire(d -> d.to().getPort() == 4500 ? d.with(TestNetwork.Datagram.LOST) : d);
    pair.connect();
    assertThat(pair.clientFailure()).isEqualTo(new IkeFailure.Timeout(7));
    assertThat(pair.client.only(IkeEvent.Failed.class).phase()).isEqualTo(IkePhase.IKE_AUTH);
    assertThat(pair.server.only(IkeEvent.Failed.class).reason())
        .isEqualTo(new IkeFailure.HalfOpenExpired());
    assertThat(pair.responder.stateSize()).isZero();
  }

  @Test
  void a_repeated_request_gets_the_same_octets_and_no_second_sa() {
    TestPair pair = TestPair.of(c -> c, s -> s);
    AtomicInteger answers = new AtomicInteger();
    pair.network.wire(
        d ->
            d.from().equals(TestPair.SERVER) && answers.incrementAndGet() == 1
                ? d.with(TestNetwork.Datagram.LOST)
                : d);
    pair.connect();
    assertEstablished(pair);
    List<Octets> responses =
        pair.network.sent().stream()
            .filter(d -> d.from().equals(TestPair.SERVER))
            .map(TestNetwork.Datagram::payload)
            .toList();
    assertThat(responses).hasSize(2);
    assertThat(responses.get(0)).isEqualTo(responses.get(1));
    assertThat(pair.server.events(IkeEvent.KeysDerived.class)).hasSize(1);
  }

  @Test
  void heavy_loss_and_duplication_are_survived() {
    for (int seed = 0; seed < 20; seed++) {
      TestPair pair = TestPair.of(c -> c, s -> s);
      java.util.Random dice = new java.util.Random(seed);
      pair.network.wire(
          d -> {
            if (dice.nextInt(10) == 0) {
              pair.server.receive(d.to().equals(TestPair.SERVER_NAT) ? d : harmless());
            }
            return dice.nextInt(5) == 0 ? d.with(TestNetwork.Datagram.LOST) : d;
          });
      pair.connect();
      assertEstablished(pair);
    }
  }

  private static TestNetwork.Datagram harmless() {
    return new TestNetwork.Datagram(TestPair.CLIENT, TestPair.SERVER, Octets.ofHex("ff"));
  }

  @Test
  void a_client_behind_a_nat_is_answered_at_its_mapped_address() {
    TestPair pair =
        TestPair.of(c -> c.moveToNatPort(IkeInitiatorConfig.MoveToNatPort.IF_NAT_FOUND), s -> s);
    InetSocketAddress outside500 = new InetSocketAddress(TestPair.ip("203.0.113.9"), 61500);
    InetSocketAddress outside4500 = new InetSocketAddress(TestPair.ip("203.0.113.9"), 64500);
    pair.network.wire(
        d -> {
          InetSocketAddress from =
              d.from().equals(TestPair.CLIENT)
                  ? outside500
                  : d.from().equals(TestPair.CLIENT_NAT) ? outside4500 : d.from();
          InetSocketAddress to =
              d.to().equals(outside500)
                  ? TestPair.CLIENT
                  : d.to().equals(outside4500) ? TestPair.CLIENT_NAT : d.to();
          return new TestNetwork.Datagram(from, to, d.payload());
        });
    pair.connect();
    assertEstablished(pair);
    assertThat(pair.server.only(IkeEvent.Established.class).remote()).isEqualTo(outside4500);
  }

  @Test
  void without_a_nat_a_client_may_stay_on_port_500() {
    TestPair pair =
        TestPair.of(
                c ->
                    c.moveToNatPort(IkeInitiatorConfig.MoveToNatPort.IF_NAT_FOUND)
                        .mobility(Mobility.Wish.OFF),
                s -> s)
            .connect();
    assertEstablished(pair);
    assertThat(pair.network.sent()).noneMatch(d -> d.to().equals(TestPair.SERVER_NAT));
  }

  /**
   * RFC 4555 section 3.3: no need to change ports later, when a NAT is found on some other path.
   */
  @Test
  void a_mobile_client_leaves_port_500_even_without_a_nat() {
    TestPair pair =
        TestPair.of(c -> c.moveToNatPort(IkeInitiatorConfig.MoveToNatPort.IF_NAT_FOUND), s -> s)
            .connect();
    assertEstablished(pair);
    assertThat(pair.network.sent()).filteredOn(d -> d.to().equals(TestPair.SERVER)).hasSize(1);
  }

  @Test
  void a_marker_on_any_port_is_answered_with_a_marker_from_the_same_port() {
    TestPair pair = TestPair.of(c -> c, s -> s);
    pair.network.wire(d -> d.with(TestNetwork.Datagram.LOST));
    pair.client.command(new IkeCommand.Connect());
    Octets request = pair.network.sent().get(0).payload();
    InetSocketAddress odd = new InetSocketAddress(TestPair.ip("198.51.100.1"), 33333);
    List<Output> outputs =
        pair.responder.handle(
            pair.network.now(),
            new Input.DatagramReceived(odd, TestPair.CLIENT, IkeDatagram.withMarker(request)));
    Output.Transmit answer =
        outputs.stream()
            .filter(Output.Transmit.class::isInstance)
            .map(Output.Transmit.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(answer.local()).isEqualTo(odd);
    assertThat(IkeDatagram.of(answer.payload()).kind())
        .isEqualTo(IkeDatagram.Kind.IKE_BEHIND_MARKER);
  }

  @Test
  void half_open_sas_are_limited_and_expire() {
    IkeResponder responder =
        new IkeResponder(
            TestPair.serverConfig().maxHalfOpen(10).cookieThreshold(1000).build(),
            RandomSource.seeded(3));
    Instant now = Instant.parse("2026-11-21T08:00:00Z");
    List<Output> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      IkeInitiator client =
          new IkeInitiator(TestPair.clientConfig().build(), RandomSource.seeded(100 + i));
      List<Output> begun = client.handle(now, new Input.Command(new IkeCommand.Connect()));
      Octets request =
          begun.stream()
              .filter(Output.Transmit.class::isInstance)
              .map(o -> ((Output.Transmit) o).payload())
              .findFirst()
              .orElseThrow();
      all.addAll(
          responder.handle(
              now, new Input.DatagramReceived(TestPair.SERVER, TestPair.CLIENT, request)));
    }
    assertThat(responder.halfOpenCount()).isEqualTo(10);
    all.stream()
        .filter(Output.SetTimer.class::isInstance)
        .map(o -> ((Output.SetTimer) o).timer())
        .forEach(timer -> responder.handle(now, new Input.TimerFired(timer)));
    assertThat(responder.halfOpenCount()).isZero();
    assertThat(responder.stateSize()).isZero();
  }

  @Test
  void a_higher_major_version_is_answered_with_invalid_major_version() throws Exception {
    IkeHeader header =
        new IkeHeader(
            new IkeSpi(0x1122334455667788L),
            IkeSpi.ZERO,
            vpnlab.wire.ike.PayloadType.NONE,
            0x30,
            ExchangeType.IKE_SA_INIT,
            IkeHeader.INITIATOR,
            0,
            28);
    TestPair pair = TestPair.of(c -> c, s -> s);
    pair.server.receive(
        new TestNetwork.Datagram(TestPair.CLIENT, TestPair.SERVER, header.encode()));
    IkeMessage answer = IkeMessage.decode(pair.network.sent().get(0).payload());
    assertThat(answer.notification(NotifyType.INVALID_MAJOR_VERSION)).isPresent();
  }

  @Test
  void requests_under_unknown_spis_are_answered_only_when_configured() {
    IkeMessage stray =
        new IkeMessage(
            new IkeSpi(0x1122334455667788L),
            new IkeSpi(0x1122334455667789L),
            IkeHeader.VERSION_2_0,
            ExchangeType.INFORMATIONAL,
            IkeHeader.INITIATOR,
            4,
            List.of(Payload.Notify.of(NotifyType.INITIAL_CONTACT)));
    TestNetwork.Datagram datagram =
        new TestNetwork.Datagram(TestPair.CLIENT, TestPair.SERVER, stray.encode());
    TestPair silent = TestPair.of(c -> c, s -> s);
    silent.server.receive(datagram);
    assertThat(silent.network.sent()).isEmpty();
    TestPair talkative = TestPair.of(c -> c, s -> s.answersUnknownSpis(true));
    talkative.server.receive(datagram);
    assertThat(talkative.server.transcript())
        .containsExactly("SENT INFORMATIONAL response 4 [ N(INVALID_IKE_SPI) ]");
  }

  @Test
  void the_same_seeds_give_the_same_octets() {
    List<TestNetwork.Datagram> first = TestPair.of(c -> c, s -> s).connect().network.sent();
    List<TestNetwork.Datagram> second = TestPair.of(c -> c, s -> s).connect().network.sent();
    assertThat(first).isEqualTo(second).hasSizeGreaterThan(8);
  }

  @Test
  void an_unknown_critical_payload_is_refused_with_its_type_and_an_uncritical_one_ignored()
      throws Exception {
    for (boolean critical : new boolean[] {true, false}) {
      TestPair pair = TestPair.of(c -> c, s -> s);
      pair.network.wire(d -> d.with(TestNetwork.Datagram.LOST));
      pair.client.command(new IkeCommand.Connect());
      IkeMessage request = IkeMessage.decode(pair.network.sent().get(0).payload());
      List<Payload> payloads = new ArrayList<>(request.payloads());
      payloads.add(
          new Payload.Unknown(new vpnlab.wire.ike.PayloadType(200), critical, Octets.ofHex("01")));
      pair.server.receive(
          new TestNetwork.Datagram(
              TestPair.CLIENT, TestPair.SERVER, request.withPayloads(payloads).encode()));
      IkeMessage answer = IkeMessage.decode(pair.network.sent().get(1).payload());
      assertThat(
              answer
                  .notification(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD)
                  .map(Payload.Notify::data))
          .isEqualTo(
              critical ? java.util.Optional.of(Octets.ofHex("c8")) : java.util.Optional.empty());
    }
  }

  @Test
  void answers_that_come_twice_are_heeded_once() {
    TestPair pair =
        TestPair.of(
            c -> c.ikeProposals(IkeProposals.ike("aes256-sha256-modp1024-ecp256")),
            s -> s.ikeProposals(IkeProposals.ike("aes256-sha256-ecp256")).cookieThreshold(0));
    pair.network.wire(
        d -> {
          if (d.from().equals(TestPair.SERVER)) {
            pair.network.deliver(d);
          }
          return d;
        });
    pair.connect();
    assertEstablished(pair);
    assertThat(pair.client.transcript())
        .filteredOn(line -> line.startsWith("SENT IKE_SA_INIT"))
        .hasSize(3);
  }
}
