package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.protocol.Input;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeDatagram;
import vpnlab.wire.ike.IkeHeader;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadChain;

/** RFC 4555: a connection whose client is now here, now there. Section numbers are that RFC's. */
class IkeMobilityTest {
  private static final InetSocketAddress ELSEWHERE =
      new InetSocketAddress(TestPair.ip("192.168.1.20"), 4500);
  private static final InetSocketAddress OUTSIDE =
      new InetSocketAddress(TestPair.ip("203.0.113.9"), 40001);

  private final TestPair pair;

  IkeMobilityTest() {
    pair = TestPair.of(c -> c, s -> s).connect();
  }

  private static TestPair connected(
      UnaryOperator<IkeInitiatorConfig.Builder> client,
      UnaryOperator<IkeResponderConfig.Builder> server) {
    return TestPair.of(client, server).connect();
  }

  /** The client leaves its first address for another; what is sent to the old one is lost. */
  private static void move(TestPair pair) {
    pair.client.has(TestPair.CLIENT_NAT, false);
    pair.client.has(ELSEWHERE, true);
    pair.client.command(new IkeCommand.MoveTo(id(pair.client), ELSEWHERE.getAddress()));
  }

  /** A NAT between the client's second address and the server, and no other traffic. */
  private static TestNetwork.Datagram translated(
      TestNetwork.Datagram d, InetSocketAddress outside) {
    return new TestNetwork.Datagram(
        d.from().equals(ELSEWHERE) ? outside : d.from(),
        d.to().equals(outside) ? ELSEWHERE : d.to(),
        d.payload());
  }

  private static IkeSaId id(TestNetwork.Host host) {
    return host.only(IkeEvent.Established.class).saId();
  }

  private static List<InetSocketAddress> remotes(TestNetwork.Host host) {
    return host.events(IkeEvent.PathChanged.class).stream()
        .map(IkeEvent.PathChanged::remote)
        .toList();
  }

  private static IkeEvent.PathChanged lastPath(TestNetwork.Host host) {
    List<IkeEvent.PathChanged> all = host.events(IkeEvent.PathChanged.class);
    return all.get(all.size() - 1);
  }

  private static List<String> exchanged(TestNetwork.Host host) {
    return host.transcript().stream().filter(line -> line.contains("INFORMATIONAL")).toList();
  }

  private static void rest(TestPair pair) {
    pair.network.run(Duration.ofSeconds(10));
  }

  // --- section 3.1: agreeing on it

  @Test
  void both_ends_say_in_the_messages_with_the_sa_payload_that_they_speak_mobike() {
    assertThat(pair.client.transcript())
        .anyMatch(l -> l.startsWith("SENT IKE_AUTH request 1") && l.contains("MOBIKE_SUPPORTED"))
        .anyMatch(
            l -> l.startsWith("RECEIVED IKE_AUTH response 3") && l.contains("MOBIKE_SUPPORTED"));
    assertThat(pair.client.events(IkeEvent.MobikeAgreed.class)).hasSize(1);
    assertThat(pair.server.events(IkeEvent.MobikeAgreed.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void with_one_end_alone_there_is_no_mobike_and_a_move_says_nothing(boolean client) {
    TestPair other =
        connected(
            c -> c.mobility(client ? Mobility.Wish.ON : Mobility.Wish.OFF),
            s -> s.mobility(!client));
    int before = other.network.sent().size();
    move(other);
    rest(other);
    assertThat(other.client.events(IkeEvent.MobikeAgreed.class)).isEmpty();
    assertThat(other.server.events(IkeEvent.MobikeAgreed.class)).isEmpty();
    assertThat(other.network.sent()).hasSize(before);
    assertThat(lastPath(other.client).local()).isEqualTo(TestPair.CLIENT_NAT);
  }

  // --- section 3.5: moving

  @Test
  void a_client_that_moves_takes_its_sas_along() {
    move(pair);
    rest(pair);
    assertThat(exchanged(pair.client).get(0))
        .isEqualTo(
            "SENT INFORMATIONAL request 4 [ N(UPDATE_SA_ADDRESSES) N(NAT_DETECTION_SOURCE_IP)"
                + " N(NAT_DETECTION_DESTINATION_IP) ]");
    assertThat(exchanged(pair.client).get(1))
        .isEqualTo(
            "RECEIVED INFORMATIONAL response 4 [ N(NAT_DETECTION_SOURCE_IP)"
                + " N(NAT_DETECTION_DESTINATION_IP) ]");
    IkeEvent.AddressesUpdated client = pair.client.only(IkeEvent.AddressesUpdated.class);
    IkeEvent.AddressesUpdated server = pair.server.only(IkeEvent.AddressesUpdated.class);
    assertThat(client.local()).isEqualTo(ELSEWHERE);
    assertThat(server.remote()).isEqualTo(ELSEWHERE);
    assertThat(remotes(pair.server)).containsExactly(TestPair.CLIENT_NAT, ELSEWHERE);
    assertThat(lastPath(pair.client).natBetween()).isFalse();
    assertThat(pair.client.events(IkeEvent.Established.class)).hasSize(1);
  }

  @Test
  void esp_goes_to_the_new_address_only_when_the_client_has_proved_to_be_there() {
    pair.network.wire(d -> d.to().equals(ELSEWHERE) ? d.with(TestNetwork.Datagram.LOST) : d);
    move(pair);
    rest(pair);
    assertThat(remotes(pair.server)).containsExactly(TestPair.CLIENT_NAT);
    assertThat(pair.server.events(IkeEvent.AddressesUpdated.class)).isEmpty();
    assertThat(pair.server.transcript())
        .anyMatch(line -> line.startsWith("SENT INFORMATIONAL request 0 [ N(COOKIE2) ]"));
    pair.network.wire(d -> d);
    pair.network.run(Duration.ofSeconds(20));
    assertThat(remotes(pair.server)).containsExactly(TestPair.CLIENT_NAT, ELSEWHERE);
  }

  @Test
  void a_server_that_wants_no_proof_follows_at_once() {
    TestPair trusting = connected(c -> c, s -> s.checksRoutability(false));
    move(trusting);
    rest(trusting);
    assertThat(remotes(trusting.server)).containsExactly(TestPair.CLIENT_NAT, ELSEWHERE);
    assertThat(trusting.server.transcript()).noneMatch(line -> line.contains("COOKIE2"));
  }

  @Test
  void a_nat_at_the_new_place_is_found_and_one_that_is_left_behind_is_forgotten() {
    pair.network.wire(d -> translated(d, OUTSIDE));
    move(pair);
    rest(pair);
    assertThat(lastPath(pair.server).remote()).isEqualTo(OUTSIDE);
    assertThat(lastPath(pair.server).natBetween()).isTrue();
    assertThat(lastPath(pair.client).natBetween()).isTrue();
    pair.client.has(TestPair.CLIENT_NAT, true);
    pair.client.command(new IkeCommand.MoveTo(id(pair.client), TestPair.CLIENT_NAT.getAddress()));
    rest(pair);
    assertThat(lastPath(pair.server).remote()).isEqualTo(TestPair.CLIENT_NAT);
    assertThat(lastPath(pair.server).natBetween()).isFalse();
    assertThat(lastPath(pair.client).natBetween()).isFalse();
  }

  @Test
  void a_request_that_is_under_way_is_repeated_from_the_new_address_before_the_update() {
    pair.network.wire(
        d -> d.from().equals(TestPair.CLIENT_NAT) ? d.with(TestNetwork.Datagram.LOST) : d);
    pair.client.command(new IkeCommand.CheckLiveness(id(pair.client)));
    pair.network.run(Duration.ofSeconds(5));
    int before = pair.network.sent().size();
    move(pair);
    rest(pair);
    assertThat(pair.client.events(IkeEvent.Alive.class)).hasSize(1);
    assertThat(pair.network.sent().get(before).from()).isEqualTo(ELSEWHERE);
    assertThat(exchanged(pair.server).get(0)).startsWith("RECEIVED INFORMATIONAL request 4 [  ]");
    assertThat(pair.server.events(IkeEvent.AddressesUpdated.class)).hasSize(1);
    // The liveness check alone changed nothing (section 3.8).
    assertThat(remotes(pair.server)).containsExactly(TestPair.CLIENT_NAT, ELSEWHERE);
  }

  @Test
  void an_answer_about_an_address_that_is_history_is_passed_over() {
    InetSocketAddress third = new InetSocketAddress(TestPair.ip("192.168.7.7"), 4500);
    move(pair);
    pair.client.has(third, true);
    pair.client.command(new IkeCommand.MoveTo(id(pair.client), third.getAddress()));
    rest(pair);
    assertThat(pair.client.only(IkeEvent.AddressesUpdated.class).local()).isEqualTo(third);
    assertThat(lastPath(pair.server).remote()).isEqualTo(third);
    assertThat(exchanged(pair.client))
        .filteredOn(l -> l.startsWith("SENT") && l.contains("UPDATE_SA_ADDRESSES"))
        .hasSize(2);
  }

  @Test
  void a_server_may_find_an_address_unacceptable_and_stays_where_it_was() {
    TestPair strict =
        connected(
            c -> c,
            s ->
                s.addressPolicy(
                    (local, remote) -> !remote.getAddress().equals(ELSEWHERE.getAddress())));
    move(strict);
    rest(strict);
    assertThat(strict.client.only(IkeEvent.AddressesRefused.class).error())
        .isEqualTo(NotifyType.UNACCEPTABLE_ADDRESSES);
    assertThat(remotes(strict.server)).containsExactly(TestPair.CLIENT_NAT);
    assertThat(strict.client.events(IkeEvent.Failed.class)).isEmpty();
  }

  @Test
  void a_client_may_talk_to_another_address_of_the_server() {
    InetSocketAddress second = new InetSocketAddress(TestPair.ip("198.51.100.2"), 4500);
    TestPair two = connected(c -> c, s -> s.additionalAddresses(List.of(second.getAddress())));
    assertThat(two.client.only(IkeEvent.PeerAddresses.class).additional())
        .containsExactly(second.getAddress());
    two.server.has(second, true);
    two.client.command(
        new IkeCommand.MoveTo(
            id(two.client), TestPair.CLIENT_NAT.getAddress(), second.getAddress()));
    rest(two);
    assertThat(lastPath(two.server).local()).isEqualTo(second);
    assertThat(two.client.only(IkeEvent.AddressesUpdated.class).remote()).isEqualTo(second);
  }

  @Test
  void a_move_survives_the_rekeying_of_the_ike_sa_at_the_same_time() {
    pair.client.command(new IkeCommand.RekeyIkeSa(id(pair.client)));
    move(pair);
    rest(pair);
    assertThat(pair.client.events(IkeEvent.IkeSaRekeyed.class)).hasSize(1);
    assertThat(lastPath(pair.server).remote()).isEqualTo(ELSEWHERE);
    pair.server.command(new IkeCommand.CheckLiveness(id(pair.server)));
    rest(pair);
    assertThat(pair.server.events(IkeEvent.Alive.class)).hasSize(1);
  }

  // --- sections 3.4 and 3.6: further addresses

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void either_end_may_tell_that_its_addresses_are_others_now(boolean fromClient) {
    TestNetwork.Host teller = fromClient ? pair.client : pair.server;
    TestNetwork.Host hearer = fromClient ? pair.server : pair.client;
    int before = hearer.events(IkeEvent.PeerAddresses.class).size();
    teller.command(
        new IkeCommand.TellAddresses(
            id(teller), List.of(TestPair.ip("10.1.1.1"), TestPair.ip("2001:db8::1"))));
    teller.command(new IkeCommand.TellAddresses(id(teller), List.of()));
    rest(pair);
    List<IkeEvent.PeerAddresses> heard = hearer.events(IkeEvent.PeerAddresses.class);
    assertThat(heard).hasSize(before + 2);
    assertThat(heard.get(before).additional())
        .containsExactly(TestPair.ip("10.1.1.1"), TestPair.ip("2001:db8::1"));
    assertThat(heard.get(before + 1).additional()).isEmpty();
  }

  // --- section 3.7: return routability

  @Test
  void an_end_that_does_not_return_the_cookie_as_it_was_is_cut_off() {
    TestPair liar = TestPair.of(c -> c, s -> s).connect();
    IkeEvent.KeysDerived derived = liar.client.only(IkeEvent.KeysDerived.class);
    IkeSuite suite = IkeSuite.of(derived.suite()).orElseThrow();
    MessageProtection client =
        new MessageProtection(suite, derived.keys(), true, RandomSource.seeded(3));
    liar.network.wire(
        d -> {
          boolean answer = d.from().equals(ELSEWHERE) && isResponse(d.payload());
          return answer ? d.with(wrongCookie(client, derived)) : d;
        });
    move(liar);
    rest(liar);
    assertThat(liar.server.only(IkeEvent.Failed.class).reason())
        .isInstanceOf(IkeFailure.AuthenticationFailed.class);
  }

  private static boolean isResponse(Octets marked) {
    try {
      return IkeMessage.decode(marked.from(4)).isResponse();
    } catch (vpnlab.wire.MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  private static Octets wrongCookie(MessageProtection client, IkeEvent.KeysDerived derived) {
    List<Payload> payloads = List.of(Payload.Notify.of(NotifyType.COOKIE2, Octets.zeros(16)));
    IkeMessage header =
        new IkeMessage(
            derived.initiatorSpi(),
            derived.responderSpi(),
            IkeHeader.VERSION_2_0,
            ExchangeType.INFORMATIONAL,
            IkeHeader.INITIATOR | IkeHeader.RESPONSE,
            0,
            List.of());
    return IkeDatagram.withMarker(
        client.protectOctets(
            header, PayloadChain.firstType(payloads), PayloadChain.encode(payloads)));
  }

  // --- section 3.8: the NAT changes its mind

  @Test
  void a_client_behind_a_nat_finds_out_that_its_mapping_is_another_and_updates() {
    InetSocketAddress[] outside = {OUTSIDE};
    pair.network.wire(d -> translated(d, outside[0]));
    move(pair);
    rest(pair);
    outside[0] = new InetSocketAddress(OUTSIDE.getAddress(), 40002);
    pair.client.command(new IkeCommand.CheckLiveness(id(pair.client)));
    rest(pair);
    assertThat(lastPath(pair.server).remote()).isEqualTo(outside[0]);
    assertThat(exchanged(pair.client))
        .filteredOn(l -> l.startsWith("SENT") && l.contains("UPDATE_SA_ADDRESSES"))
        .hasSize(2);
    pair.client.command(new IkeCommand.CheckLiveness(id(pair.client)));
    rest(pair);
    assertThat(pair.client.events(IkeEvent.AddressesUpdated.class)).as("no third").hasSize(2);
  }

  /** RFC 3948 section 4: every 20 seconds, from the end that is behind the NAT and no other. */
  @Test
  void the_end_behind_a_nat_keeps_its_mapping_alive() {
    pair.network.wire(d -> translated(d, OUTSIDE));
    move(pair);
    pair.network.run(Duration.ofSeconds(105));
    assertThat(pair.network.sent())
        .filteredOn(d -> d.payload().equals(Octets.ofHex("ff")))
        .hasSize(5)
        .allMatch(d -> d.from().equals(ELSEWHERE) && d.to().equals(TestPair.SERVER_NAT));
    pair.client.command(new IkeCommand.Disconnect());
    rest(pair);
    int after = pair.network.sent().size();
    pair.network.run(Duration.ofSeconds(60));
    assertThat(pair.network.sent()).hasSize(after);
    assertThat(pair.initiator.stateSize()).isZero();
  }

  // --- section 3.9: NATs prohibited

  @Test
  void a_client_that_allows_no_nat_connects_and_moves_where_there_is_none() {
    TestPair strict = connected(c -> c.mobility(Mobility.Wish.WITHOUT_NATS), s -> s);
    assertThat(String.join("\n", strict.client.transcript())).doesNotContain("NAT_DETECTION");
    InetSocketAddress there = new InetSocketAddress(ELSEWHERE.getAddress(), 500);
    strict.client.has(there, true);
    strict.client.command(new IkeCommand.MoveTo(id(strict.client), there.getAddress()));
    rest(strict);
    assertThat(lastPath(strict.server).remote()).isEqualTo(there);
    assertThat(exchanged(strict.client).get(0)).contains("N(NO_NATS_ALLOWED)");
  }

  @Test
  void a_client_that_allows_no_nat_is_told_of_one_every_time_and_the_server_stays_put() {
    TestPair strict = connected(c -> c.mobility(Mobility.Wish.WITHOUT_NATS), s -> s);
    InetSocketAddress there = new InetSocketAddress(ELSEWHERE.getAddress(), 500);
    strict.client.has(there, true);
    strict.network.wire(
        d ->
            new TestNetwork.Datagram(
                d.from().equals(there) ? OUTSIDE : d.from(),
                d.to().equals(OUTSIDE) ? there : d.to(),
                d.payload()));
    strict.client.command(new IkeCommand.MoveTo(id(strict.client), there.getAddress()));
    rest(strict);
    assertThat(strict.client.only(IkeEvent.AddressesRefused.class).error())
        .isEqualTo(NotifyType.UNEXPECTED_NAT_DETECTED);
    assertThat(exchanged(strict.client)).filteredOn(l -> l.startsWith("SENT")).hasSize(7);
    assertThat(remotes(strict.server)).containsExactly(TestPair.CLIENT);
  }

  @Test
  void a_client_that_allows_no_nat_does_not_connect_through_one() {
    TestPair strict = TestPair.of(c -> c.mobility(Mobility.Wish.WITHOUT_NATS), s -> s);
    strict.network.wire(
        d ->
            new TestNetwork.Datagram(
                d.from().equals(TestPair.CLIENT) ? OUTSIDE : d.from(),
                d.to().equals(OUTSIDE) ? TestPair.CLIENT : d.to(),
                d.payload()));
    strict.connect();
    assertThat(strict.clientFailure().toString()).contains("UNEXPECTED_NAT_DETECTED");
  }

  // --- outages

  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void an_outage_is_waited_for_as_long_as_the_limit_allows(String who) {
    TestPair patient =
        connected(
            c -> c.outageLimit(Duration.ofMinutes(5)), s -> s.outageLimit(Duration.ofMinutes(5)));
    TestNetwork.Host host = who.equals("client") ? patient.client : patient.server;
    patient.network.wire(d -> d.with(TestNetwork.Datagram.LOST));
    Instant asked = patient.network.now();
    host.command(new IkeCommand.CheckLiveness(id(host)));
    patient.network.run(Duration.ofSeconds(299));
    assertThat(host.events(IkeEvent.Failed.class)).isEmpty();
    patient.network.run(Duration.ofSeconds(30));
    assertThat(patient.network.now()).isEqualTo(asked.plusSeconds(300));
    assertThat(host.only(IkeEvent.Failed.class).reason()).isInstanceOf(IkeFailure.Timeout.class);
  }

  @Test
  void a_server_in_the_middle_of_a_question_gets_its_answer_when_the_client_is_back() {
    pair.client.has(TestPair.CLIENT_NAT, false);
    pair.server.command(new IkeCommand.CheckLiveness(id(pair.server)));
    pair.network.run(Duration.ofMinutes(10));
    move(pair);
    rest(pair);
    assertThat(pair.server.events(IkeEvent.Alive.class)).hasSize(1);
    assertThat(lastPath(pair.server).remote()).isEqualTo(ELSEWHERE);
  }

  // --- what is said at the wrong time

  /** Only the initiator decides which addresses are used (section 2.1). */
  @Test
  void a_client_is_not_moved_by_its_server() {
    int before = pair.client.events(IkeEvent.PathChanged.class).size();
    IkeEvent.KeysDerived derived = pair.server.only(IkeEvent.KeysDerived.class);
    MessageProtection server =
        new MessageProtection(
            IkeSuite.of(derived.suite()).orElseThrow(),
            derived.keys(),
            false,
            RandomSource.seeded(3));
    List<Payload> payloads = List.of(Payload.Notify.of(NotifyType.UPDATE_SA_ADDRESSES));
    IkeMessage header =
        new IkeMessage(
            derived.initiatorSpi(),
            derived.responderSpi(),
            IkeHeader.VERSION_2_0,
            ExchangeType.INFORMATIONAL,
            0,
            0,
            List.of());
    pair.initiator.handle(
        pair.network.now(),
        new Input.DatagramReceived(
            TestPair.CLIENT_NAT,
            OUTSIDE,
            IkeDatagram.withMarker(
                server.protectOctets(
                    header, PayloadChain.firstType(payloads), PayloadChain.encode(payloads)))));
    rest(pair);
    assertThat(pair.client.events(IkeEvent.PathChanged.class)).hasSize(before);
  }

  @Test
  void many_moves_leave_nothing_behind() {
    int before = pair.responder.stateSize();
    for (int i = 1; i <= 200; i++) {
      InetSocketAddress next = new InetSocketAddress(TestPair.ip("192.168.2." + i), 4500);
      pair.client.has(next, true);
      pair.client.command(new IkeCommand.MoveTo(id(pair.client), next.getAddress()));
      if (i % 3 == 0) {
        pair.network.run(Duration.ofMillis(i));
      }
    }
    rest(pair);
    assertThat(lastPath(pair.server).remote().getAddress()).isEqualTo(TestPair.ip("192.168.2.200"));
    assertThat(pair.responder.stateSize()).isEqualTo(before);
    assertThat(pair.initiator.stateSize()).isLessThanOrEqualTo(8);
  }
}
