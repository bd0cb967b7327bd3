package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.network.path.IcmpError;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.ProtocolCommand;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.TimerId;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;

class EndpointMountTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 500);
  private static final Octets PING = Octets.ofText("ping", StandardCharsets.UTF_8);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Ask() implements ProtocolCommand {}

  private record Answered(Instant at, int tries) implements ProtocolEvent {}

  private record GaveUp(Instant at) implements ProtocolEvent {}

  /** Asks, repeats every second, and gives up after four tries. */
  private static final class Asker implements Endpoint {
    private static final TimerId RETRY = new TimerId("retry");

    private final InetSocketAddress local;
    private int tries;
    private int depth;

    Asker(InetSocketAddress local) {
      this.local = local;
    }

    @Override
    public List<Output> handle(Instant now, Input input) {
      assertThat(++depth).as("calls at a time").isEqualTo(1);
      try {
        if (input instanceof Input.DatagramReceived) {
          return List.of(
              new Output.CancelTimer(RETRY), new Output.Notify(new Answered(now, tries)));
        }
        if (tries == 4) {
          return List.of(new Output.Notify(new GaveUp(now)));
        }
        tries++;
        return List.of(
            new Output.Transmit(local, SERVER, PING),
            new Output.SetTimer(RETRY, Duration.ofSeconds(1)));
      } finally {
        depth--;
      }
    }
  }

  /** Answers from the port that was asked, and stumbles over what is empty. */
  private static final class Answerer implements Endpoint {
    @Override
    public List<Output> handle(Instant now, Input input) {
      Input.DatagramReceived received = (Input.DatagramReceived) input;
      if (received.payload().isEmpty()) {
        throw new IllegalStateException("an empty datagram");
      }
      return List.of(new Output.Transmit(received.local(), received.remote(), received.payload()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void endpointsTalkOnEitherNetwork(Kind kind) throws Exception {
    try (LabNetwork network = kind.open(new Labs.Builder())) {
      EndpointMount.mount(network.host("server"), new Answerer(), event -> {}, 500, 4500);
      List<ProtocolEvent> events = new ArrayList<>();
      EndpointMount client =
          EndpointMount.mount(
              network.host("client"), locals -> new Asker(locals.get(0)), events::add, 0);
      client.command(new Ask());
      assertThat(network.runUntil(() -> !events.isEmpty(), LIMIT)).isTrue();
      assertThat(events.get(0)).isInstanceOf(Answered.class);
    }
  }

  @Test
  void timersFollowTheVirtualClockAndNowIsTheHostsOwn() throws Exception {
    Labs.Builder lab = new Labs.Builder();
    lab.client = lab.client.withClockSkew(Duration.ofDays(-400));
    try (VirtualNetwork network = new VirtualNetwork(lab.topology(), Labs.seed(1))) {
      List<ProtocolEvent> events = new ArrayList<>();
      List<IcmpError> errors = new ArrayList<>();
      EndpointMount client =
          EndpointMount.mount(
              network.host("client"), locals -> new Asker(locals.get(0)), events::add, 500);
      client.onIcmpError(errors::add);
      client.command(new Ask());
      assertThat(network.runUntilIdle(LIMIT)).isTrue();
      Instant expected = Labs.EPOCH.plusSeconds(4).minus(Duration.ofDays(400));
      assertThat(events).containsExactly(new GaveUp(expected));
      assertThat(errors).extracting(IcmpError::kind).containsOnly(IcmpKind.PORT_UNREACHABLE);
      assertThat(errors).hasSize(4);
    }
  }

  @Test
  void aCommandFromWithinAnEventIsTakenNext() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      EndpointMount.mount(network.host("server"), new Answerer(), event -> {}, 500);
      EndpointMount[] client = new EndpointMount[1];
      List<ProtocolEvent> events = new ArrayList<>();
      client[0] =
          EndpointMount.mount(
              network.host("client"),
              locals -> new Asker(locals.get(0)),
              event -> {
                events.add(event);
                if (events.size() < 3) {
                  client[0].command(new Ask());
                }
              },
              500);
      client[0].command(new Ask());
      network.runUntil(() -> events.size() == 3, LIMIT);
      assertThat(events).extracting(event -> ((Answered) event).tries()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void anEndpointThatThrowsGoesOn() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      EndpointMount.mount(network.host("server"), new Answerer(), event -> {}, 500);
      Inbox inbox = new Inbox();
      UdpPort port = network.host("client").bindUdp(0, inbox);
      port.send(SERVER, Octets.EMPTY);
      port.send(SERVER, PING);
      assertThat(network.runUntilIdle(LIMIT)).isTrue();
      assertThat(inbox.datagrams).extracting(Inbox.Received::payload).containsExactly(PING);
    }
  }

  @Test
  void aMountThatCannotHaveAllPortsHoldsNone() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      NetworkHost server = network.host("server");
      server.bindUdp(4500, new Inbox());
      assertThatThrownBy(() -> EndpointMount.mount(server, new Answerer(), event -> {}, 500, 4500))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("4500");
      server.bindUdp(500, new Inbox());
    }
  }

  @Test
  void aClosedMountHearsNothingMore() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      List<ProtocolEvent> events = new ArrayList<>();
      EndpointMount client =
          EndpointMount.mount(
              network.host("client"), locals -> new Asker(locals.get(0)), events::add, 500);
      client.command(new Ask());
      client.close();
      assertThat(network.runUntilIdle(LIMIT)).isTrue();
      assertThat(events).isEmpty();
    }
  }
}
