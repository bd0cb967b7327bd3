package vpnlab.protocol.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.NotifyType;

/** RFC 7296 sections 1.3, 1.4, 2.4, 2.8 and 2.18: what happens under an IKE SA that stands. */
class IkeEstablishedTest {
  private static TestPair connected() {
    return TestPair.of(c -> c, s -> s).connect();
  }

  /** Without MOBIKE: nobody waits for an outage to end. */
  private static TestPair connectedImmobile() {
    return TestPair.of(c -> c.mobility(Mobility.Wish.OFF), s -> s).connect();
  }

  private static TestNetwork.Host host(TestPair pair, String name) {
    return name.equals("client") ? pair.client : pair.server;
  }

  private static TestNetwork.Host other(TestPair pair, String name) {
    return name.equals("client") ? pair.server : pair.client;
  }

  private static IkeSaId idOf(TestNetwork.Host host) {
    return host.only(IkeEvent.Established.class).saId();
  }

  private static void rest(TestPair pair) {
    pair.network.run(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void either_end_may_check_that_the_other_lives(String who) {
    TestPair pair = connected();
    host(pair, who).command(new IkeCommand.CheckLiveness(idOf(host(pair, who))));
    rest(pair);
    assertThat(host(pair, who).events(IkeEvent.Alive.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void a_dead_peer_ends_the_sa(String who) {
    TestPair pair = connectedImmobile();
    pair.network.wire(d -> d.with(TestNetwork.Datagram.LOST));
    host(pair, who).command(new IkeCommand.CheckLiveness(idOf(host(pair, who))));
    rest(pair);
    IkeEvent.Failed failed = host(pair, who).only(IkeEvent.Failed.class);
    assertThat(failed.phase()).isEqualTo(IkePhase.ESTABLISHED);
    assertThat(failed.reason()).isEqualTo(new IkeFailure.Timeout(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void either_end_may_hang_up_and_nothing_is_left(String who) {
    TestPair pair = connected();
    host(pair, who).command(new IkeCommand.Delete(idOf(host(pair, who))));
    rest(pair);
    assertThat(host(pair, who).only(IkeEvent.Closed.class).byPeer()).isFalse();
    assertThat(other(pair, who).only(IkeEvent.Closed.class).byPeer()).isTrue();
    assertThat(pair.initiator.stateSize()).isZero();
    assertThat(pair.responder.stateSize()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"client,false", "server,false", "client,true", "server,true"})
  void either_end_may_rekey_the_child_sa_with_and_without_pfs(String who, boolean pfs) {
    String[] esp = {pfs ? "aes256-sha256-ecp256" : "aes256-sha256"};
    TestPair pair =
        TestPair.of(
                c -> c.espProposals(IkeProposals.esp(esp)),
                s -> s.espProposals(IkeProposals.esp(esp)))
            .connect();
    TestNetwork.Host host = host(pair, who);
    ChildSa before = host.only(IkeEvent.Established.class).child();
    host.command(new IkeCommand.RekeyChildSa(idOf(host), before.inboundSpi()));
    rest(pair);
    ChildSa own = host.only(IkeEvent.ChildRekeyed.class).after();
    ChildSa peers = other(pair, who).only(IkeEvent.ChildRekeyed.class).after();
    assertThat(own.inbound()).isEqualTo(peers.outbound()).isNotEqualTo(before.inbound());
    assertThat(own.outbound()).isEqualTo(peers.inbound());
    assertThat(own.outboundSpi()).isEqualTo(peers.inboundSpi());
    assertThat(own.local()).isEqualTo(before.local());
    assertThat(host.events(IkeEvent.ChildDeleted.class)).isEmpty();
    assertThat(other(pair, who).events(IkeEvent.ChildDeleted.class)).isEmpty();
    assertThat(String.join("\n", host.transcript()).contains("KE(ECP_256)")).isEqualTo(pfs);
    assertThat(host.transcript()).filteredOn(l -> l.contains("D(ESP)")).hasSize(2);
  }

  @Test
  void a_child_sa_without_pfs_is_refused_where_pfs_is_demanded() {
    TestPair pair =
        TestPair.of(
                c -> c.espProposals(IkeProposals.esp("aes256-sha256")),
                s -> s.espProposals(IkeProposals.esp("aes256-sha256-ecp256")))
            .connect();
    ChildSa before = pair.client.only(IkeEvent.Established.class).child();
    pair.client.command(new IkeCommand.RekeyChildSa(idOf(pair.client), before.inboundSpi()));
    rest(pair);
    assertThat(pair.client.only(IkeEvent.RekeyRefused.class).error())
        .isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void either_end_may_rekey_the_ike_sa_and_all_goes_on_under_it(String who) {
    TestPair pair = connected();
    TestNetwork.Host host = host(pair, who);
    host.command(new IkeCommand.RekeyIkeSa(idOf(host)));
    rest(pair);
    IkeEvent.IkeSaRekeyed own = host.only(IkeEvent.IkeSaRekeyed.class);
    IkeEvent.IkeSaRekeyed peers = other(pair, who).only(IkeEvent.IkeSaRekeyed.class);
    assertThat(own.initiatorSpi()).isEqualTo(peers.initiatorSpi());
    assertThat(own.responderSpi()).isEqualTo(peers.responderSpi());
    assertThat(host.events(IkeEvent.KeysDerived.class).get(1).keys())
        .isEqualTo(other(pair, who).events(IkeEvent.KeysDerived.class).get(1).keys())
        .isNotEqualTo(host.events(IkeEvent.KeysDerived.class).get(0).keys());

    for (String each : List.of("client", "server")) {
      TestNetwork.Host one = host(pair, each);
      one.command(new IkeCommand.CheckLiveness(idOf(one)));
      rest(pair);
      assertThat(one.events(IkeEvent.Alive.class)).as(each).hasSize(1);
    }
    ChildSa child = host.only(IkeEvent.Established.class).child();
    host.command(new IkeCommand.RekeyChildSa(idOf(host), child.inboundSpi()));
    rest(pair);
    assertThat(host.events(IkeEvent.ChildRekeyed.class)).hasSize(1);
    pair.client.command(new IkeCommand.Disconnect());
    rest(pair);
    assertThat(pair.server.events(IkeEvent.Closed.class)).hasSize(1);
    assertThat(pair.initiator.stateSize()).isZero();
    assertThat(pair.responder.stateSize()).isZero();
  }

  @Test
  void when_both_rekey_the_ike_sa_at_once_one_new_sa_stays() {
    for (int seed = 0; seed < 8; seed++) {
      TestPair pair =
          new TestPair(TestPair.clientConfig().build(), TestPair.serverConfig().build(), seed);
      pair.connect();
      pair.client.command(new IkeCommand.RekeyIkeSa(idOf(pair.client)));
      pair.server.command(new IkeCommand.RekeyIkeSa(idOf(pair.server)));
      rest(pair);
      IkeEvent.IkeSaRekeyed own = pair.client.only(IkeEvent.IkeSaRekeyed.class);
      IkeEvent.IkeSaRekeyed peers = pair.server.only(IkeEvent.IkeSaRekeyed.class);
      assertThat(own.initiatorSpi()).isEqualTo(peers.initiatorSpi());
      assertThat(pair.client.events(IkeEvent.Closed.class)).isEmpty();
      assertThat(pair.server.events(IkeEvent.Closed.class)).isEmpty();
      pair.client.command(new IkeCommand.Disconnect());
      rest(pair);
      assertThat(pair.server.events(IkeEvent.Closed.class)).hasSize(1);
      assertThat(pair.initiator.stateSize()).isZero();
      assertThat(pair.responder.stateSize()).isZero();
    }
  }

  @Test
  void when_both_rekey_the_child_sa_at_once_one_new_sa_stays() {
    for (int seed = 0; seed < 8; seed++) {
      TestPair pair =
          new TestPair(TestPair.clientConfig().build(), TestPair.serverConfig().build(), seed);
      pair.connect();
      long client = pair.client.only(IkeEvent.Established.class).child().inboundSpi();
      long server = pair.server.only(IkeEvent.Established.class).child().inboundSpi();
      pair.client.command(new IkeCommand.RekeyChildSa(idOf(pair.client), client));
      pair.server.command(new IkeCommand.RekeyChildSa(idOf(pair.server), server));
      rest(pair);
      assertThat(left(pair.client)).hasSize(1);
      assertThat(left(pair.server)).isEqualTo(left(pair.client));
      // One SA by SPI, one by name, one Child SA.
      assertThat(pair.initiator.stateSize()).isEqualTo(3);
      assertThat(pair.responder.stateSize()).isEqualTo(3);
    }
  }

  /** The Child SAs that an owner who listens to events believes in, by their sorted SPIs. */
  private static List<String> left(TestNetwork.Host host) {
    java.util.Map<Long, ChildSa> believed = new java.util.TreeMap<>();
    for (IkeEvent.ChildRekeyed event : host.events(IkeEvent.ChildRekeyed.class)) {
      believed.put(event.after().inboundSpi(), event.after());
    }
    host.events(IkeEvent.ChildDeleted.class)
        .forEach(event -> believed.remove(event.child().inboundSpi()));
    return believed.values().stream()
        .map(
            c ->
                Math.min(c.inboundSpi(), c.outboundSpi())
                    + "-"
                    + Math.max(c.inboundSpi(), c.outboundSpi()))
        .toList();
  }

  @Test
  void a_repeated_request_is_answered_with_the_same_octets() {
    TestPair pair = connected();
    int before = pair.network.sent().size();
    java.util.concurrent.atomic.AtomicInteger answers =
        new java.util.concurrent.atomic.AtomicInteger();
    pair.network.wire(
        d ->
            d.from().equals(TestPair.SERVER_NAT) && answers.incrementAndGet() == 1
                ? d.with(TestNetwork.Datagram.LOST)
                : d);
    pair.client.command(new IkeCommand.CheckLiveness(idOf(pair.client)));
    rest(pair);
    List<Octets> sent =
        pair.network.sent().subList(before, pair.network.sent().size()).stream()
            .map(TestNetwork.Datagram::payload)
            .toList();
    assertThat(sent).hasSize(4);
    assertThat(sent.get(0)).isEqualTo(sent.get(2));
    assertThat(sent.get(1)).isEqualTo(sent.get(3));
    assertThat(pair.client.events(IkeEvent.Alive.class)).hasSize(1);
  }

  @Test
  void a_request_repeated_while_eap_is_pending_is_met_with_silence_and_answered_once() {
    TestPair pair =
        new TestPair(
            TestPair.clientConfig().build(),
            TestPair.serverConfig().build(),
            TestPair::clientOwner,
            (host, event) -> {
              if (!(event instanceof IkeEvent.EapResponse)) {
                TestPair.serverOwner(host, event);
              }
            });
    pair.client.command(new IkeCommand.Connect());
    pair.network.run(Duration.ofSeconds(10));
    assertThat(pair.server.events(IkeEvent.EapResponse.class)).hasSize(1);
    assertThat(pair.server.transcript()).filteredOn(l -> l.startsWith("again RECEIVED")).hasSize(3);
    assertThat(pair.server.transcript()).noneMatch(l -> l.startsWith("again SENT"));
    IkeSaId id = pair.server.events(IkeEvent.EapResponse.class).get(0).saId();
    pair.server.command(new IkeCommand.EapAccepted(id, TestPair.EAP_SUCCESS, TestPair.MSK));
    rest(pair);
    assertThat(pair.client.events(IkeEvent.Established.class)).hasSize(1);
  }

  @Test
  void messages_whose_check_value_is_wrong_are_dropped() {
    TestPair pair = connectedImmobile();
    pair.network.wire(
        d -> {
          byte[] octets = d.payload().toArray();
          octets[octets.length - 1] ^= 1;
          return d.with(Octets.of(octets));
        });
    int before = pair.server.transcript().size();
    pair.client.command(new IkeCommand.CheckLiveness(idOf(pair.client)));
    rest(pair);
    assertThat(pair.server.transcript()).hasSize(before);
    assertThat(pair.clientFailure()).isEqualTo(new IkeFailure.Timeout(7));
  }

  @Test
  void commands_for_unknown_sas_do_nothing() {
    TestPair pair = connected();
    int before = pair.network.sent().size();
    pair.server.command(new IkeCommand.Delete(new IkeSaId(99)));
    pair.server.command(new IkeCommand.SendEap(idOf(pair.server), TestPair.EAP_SUCCESS));
    pair.server.command(
        IkeCommand.AssignAddress.withDns(idOf(pair.server), TestPair.INNER, List.of()));
    pair.client.command(new IkeCommand.EapKey(TestPair.MSK));
    pair.client.command(new IkeCommand.Connect());
    rest(pair);
    assertThat(pair.network.sent()).hasSize(before);
  }

  @Test
  void the_server_follows_a_client_whose_nat_gives_it_another_port() {
    TestPair pair = connectedImmobile();
    java.net.InetSocketAddress outside =
        new java.net.InetSocketAddress(TestPair.ip("203.0.113.9"), 50123);
    pair.network.wire(
        d ->
            new TestNetwork.Datagram(
                d.from().equals(TestPair.CLIENT_NAT) ? outside : d.from(),
                d.to().equals(outside) ? TestPair.CLIENT_NAT : d.to(),
                d.payload()));
    pair.client.command(new IkeCommand.CheckLiveness(idOf(pair.client)));
    rest(pair);
    pair.server.command(new IkeCommand.CheckLiveness(idOf(pair.server)));
    rest(pair);
    assertThat(pair.client.events(IkeEvent.Alive.class)).hasSize(1);
    assertThat(pair.server.events(IkeEvent.Alive.class)).hasSize(1);
    assertThat(pair.network.sent()).filteredOn(d -> d.to().equals(outside)).hasSize(2);
  }
}
