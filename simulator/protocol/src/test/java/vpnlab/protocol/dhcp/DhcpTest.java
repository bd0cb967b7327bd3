package vpnlab.protocol.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.ProtocolCommand;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.TimerId;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.dhcp.DhcpMessageType;
import vpnlab.wire.dhcp.DhcpOption;
import vpnlab.wire.dhcp.DhcpOptionCode;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

class DhcpTest {
  private static final Ipv4Address SERVER = Ipv4Address.parse("10.0.0.5");
  private static final Ipv4Address RRAS = Ipv4Address.parse("10.0.0.2");
  private static final Ipv4Address DNS = Ipv4Address.parse("10.0.0.4");
  private static final Octets MAC = Octets.ofHex("02005e100002");
  private static final Instant BEGIN = Instant.parse("2026-01-15T09:00:00Z");

  /** Client and server on one wire, which can be cut, and a clock. */
  private static final class Wire {
    private final DhcpServer server;
    private final DhcpClient client =
        new DhcpClient(
            new DhcpClientConfig(
                RRAS,
                MAC,
                List.of(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16)),
                Duration.ofSeconds(1),
                "MSFT 5.0",
                "RRAS.Microsoft"),
            RandomSource.seeded(5));
    private final Map<TimerId, Instant> timers = new HashMap<>();
    private final List<ProtocolEvent> heard = new ArrayList<>();
    private final List<ProtocolEvent> logged = new ArrayList<>();
    private final List<DhcpMessage> sent = new ArrayList<>();
    private final List<Input> waiting = new ArrayList<>();
    private Instant now = BEGIN;
    private boolean cut;
    private boolean refusing;

    Wire(DhcpScope... scopes) {
      server = new DhcpServer(List.of(scopes));
    }

    void command(ProtocolCommand command) {
      client(new Input.Command(command));
    }

    /** As a host does: what comes in while something is being done waits. */
    private void client(Input input) {
      waiting.add(input);
      if (waiting.size() == 1) {
        while (!waiting.isEmpty()) {
          work(waiting.get(0));
          waiting.remove(0);
        }
      }
    }

    private void work(Input input) {
      for (Output output : client.handle(now, input)) {
        if (output instanceof Output.Transmit transmit) {
          assertThat(transmit.local()).isEqualTo(RRAS.at(68));
          assertThat(transmit.remote().getPort()).isEqualTo(67);
          sent.add(decoded(transmit.payload()));
          if (refusing) {
            refuse(sent.get(sent.size() - 1));
          } else if (!cut) {
            server(new Input.DatagramReceived(SERVER.at(67), RRAS.at(68), transmit.payload()));
          }
        } else if (output instanceof Output.SetTimer set) {
          timers.put(set.timer(), now.plus(set.after()));
        } else if (output instanceof Output.CancelTimer cancel) {
          timers.remove(cancel.timer());
        } else if (output instanceof Output.Notify notify
            && !(notify.event() instanceof DhcpClientEvent.Exchanged)) {
          heard.add(notify.event());
        }
      }
    }

    /** Offers an address whenever one is asked for, and then denies it. */
    private void refuse(DhcpMessage request) {
      boolean discover = request.type().orElseThrow().equals(DhcpMessageType.DISCOVER);
      DhcpMessage answer =
          request.reply(
              discover ? Ipv4Address.parse("10.0.0.100") : Ipv4Address.ANY,
              List.of(
                  DhcpOption.messageType(discover ? DhcpMessageType.OFFER : DhcpMessageType.NAK),
                  DhcpOption.address(DhcpOptionCode.SERVER_IDENTIFIER, SERVER)));
      client(new Input.DatagramReceived(RRAS.at(68), SERVER.at(67), answer.encode()));
    }

    private void server(Input input) {
      for (Output output : server.handle(now, input)) {
        if (output instanceof Output.Transmit transmit) {
          client(new Input.DatagramReceived(RRAS.at(68), SERVER.at(67), transmit.payload()));
        } else if (output instanceof Output.Notify notify
            && !(notify.event() instanceof DhcpServerEvent.Answered)) {
          logged.add(notify.event());
        }
      }
    }

    /** Lets time pass; timers that are due fire in order. */
    void pass(Duration time) {
      Instant end = now.plus(time);
      while (true) {
        var next =
            timers.entrySet().stream()
                .filter(each -> !each.getValue().isAfter(end))
                .min(Map.Entry.comparingByValue());
        if (next.isEmpty()) {
          break;
        }
        now = next.get().getValue();
        timers.remove(next.get().getKey());
        client(new Input.TimerFired(next.get().getKey()));
      }
      now = end;
    }

    List<DhcpMessageType> types() {
      return sent.stream().map(message -> message.type().orElseThrow()).toList();
    }

    DhcpClientEvent.Bound lastBound() {
      return heard.stream()
          .filter(DhcpClientEvent.Bound.class::isInstance)
          .map(DhcpClientEvent.Bound.class::cast)
          .reduce((first, second) -> second)
          .orElseThrow();
    }
  }

  private static DhcpScope scope(String first, String last, DhcpScope.Exclusion... exclusions) {
    return new DhcpScope(
        "corp",
        Ipv4Network.parse("10.0.0.0/24"),
        Ipv4Address.parse(first),
        Ipv4Address.parse(last),
        List.of(exclusions),
        Duration.ofHours(8),
        List.of(Ipv4Address.parse("10.0.0.1")),
        List.of(DNS),
        "corp.example");
  }

  private static Octets identifier(int number) {
    return Octets.ofHex("52415320" + MAC.toHex() + "0" + number + "000000");
  }

  private static DhcpClientCommand.Obtain obtain(int number) {
    return new DhcpClientCommand.Obtain(identifier(number));
  }

  @Test
  void eachIdentifierGetsAnAddressOfItsOwn() {
    Wire wire = new Wire(scope("10.0.0.100", "10.0.0.102"));
    for (int i = 0; i < 3; i++) {
      wire.command(obtain(i));
    }
    assertThat(wire.heard)
        .extracting(event -> ((DhcpClientEvent.Bound) event).lease().address().toString())
        .containsExactly("10.0.0.100", "10.0.0.101", "10.0.0.102");
    assertThat(wire.types().subList(0, 2))
        .containsExactly(DhcpMessageType.DISCOVER, DhcpMessageType.REQUEST);
    DhcpMessage discover = wire.sent.get(0);
    assertThat(discover.flags()).isEqualTo(DhcpMessage.BROADCAST);
    assertThat(discover.value(DhcpOptionCode.USER_CLASS))
        .contains(Octets.ofText("RRAS.Microsoft", java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  void excludedAddressesAreNotLeased() {
    Wire wire =
        new Wire(
            scope(
                "10.0.0.100",
                "10.0.0.110",
                new DhcpScope.Exclusion(
                    Ipv4Address.parse("10.0.0.100"), Ipv4Address.parse("10.0.0.104"))));
    wire.command(obtain(0));
    assertThat(wire.lastBound().lease().address()).hasToString("10.0.0.105");
  }

  @Test
  void anExhaustedScopeIsSilentAndTheClientGivesUpAfterItsPatience() {
    Wire wire = new Wire(scope("10.0.0.100", "10.0.0.100"));
    wire.command(obtain(0));
    wire.command(obtain(1));
    wire.pass(Duration.ofSeconds(24));
    assertThat(wire.heard).hasSize(1);
    wire.pass(Duration.ofSeconds(8));
    assertThat(wire.heard.get(1)).isEqualTo(new DhcpClientEvent.NoAnswer(identifier(1)));
    assertThat(wire.logged.stream().filter(DhcpServerEvent.Exhausted.class::isInstance)).hasSize(3);
  }

  @Test
  void aServerWithoutScopeForTheNetworkSaysSoInItsLogAlone() {
    Wire wire =
        new Wire(
            new DhcpScope(
                "elsewhere",
                Ipv4Network.parse("10.9.0.0/24"),
                Ipv4Address.parse("10.9.0.10"),
                Ipv4Address.parse("10.9.0.20"),
                List.of(),
                Duration.ofHours(1),
                List.of(),
                List.of(),
                ""));
    wire.command(obtain(0));
    wire.pass(Duration.ofSeconds(40));
    assertThat(wire.heard).containsExactly(new DhcpClientEvent.NoAnswer(identifier(0)));
    assertThat(wire.logged).contains(new DhcpServerEvent.NoScope(SERVER, identifier(0)));
  }

  @Test
  void aLeaseIsProlongedWhenHalfOfItIsOver() {
    Wire wire = new Wire(scope("10.0.0.100", "10.0.0.110"));
    wire.command(obtain(0));
    DhcpLease first = wire.lastBound().lease();
    assertThat(first.renew()).isEqualTo(BEGIN.plus(Duration.ofHours(4)));
    assertThat(first.rebind()).isEqualTo(BEGIN.plus(Duration.ofHours(7)));
    wire.pass(Duration.ofHours(4));
    assertThat(wire.lastBound().renewed()).isTrue();
    assertThat(wire.lastBound().lease().expires()).isEqualTo(BEGIN.plus(Duration.ofHours(12)));
    assertThat(wire.lastBound().lease().address()).isEqualTo(first.address());
    // The answer to a prolonged lease must not go to whoever uses the address now.
    assertThat(wire.sent.get(2).clientAddress()).isEqualTo(Ipv4Address.ANY);
    assertThat(wire.sent.get(2).address(DhcpOptionCode.SERVER_IDENTIFIER)).isEmpty();
  }

  @Test
  void aLeaseThatNobodyProlongsIsLostWhenItsTimeIsOver() {
    Wire wire = new Wire(scope("10.0.0.100", "10.0.0.110"));
    wire.command(obtain(0));
    wire.cut = true;
    wire.pass(Duration.ofHours(8).minusSeconds(1));
    assertThat(wire.heard).hasSize(1);
    wire.pass(Duration.ofSeconds(1));
    assertThat(wire.heard.get(1))
        .isEqualTo(new DhcpClientEvent.Lost(identifier(0), Ipv4Address.parse("10.0.0.100"), false));
    assertThat(wire.sent.size()).isGreaterThan(4);
  }

  @Test
  void aSilenceBeforeTheRebindingTimeIsSurvived() {
    Wire wire = new Wire(scope("10.0.0.100", "10.0.0.110"));
    wire.command(obtain(0));
    wire.cut = true;
    wire.pass(Duration.ofHours(7).plusMinutes(1));
    wire.cut = false;
    wire.pass(Duration.ofMinutes(58));
    assertThat(wire.heard).hasSize(2);
    assertThat(wire.lastBound().renewed()).isTrue();
  }

  @Test
  void aReleasedAddressGoesToTheNextWhoAsks() {
    Wire wire = new Wire(scope("10.0.0.100", "10.0.0.100"));
    wire.command(obtain(0));
    wire.command(new DhcpClientCommand.Release(identifier(0)));
    wire.command(obtain(1));
    assertThat(wire.lastBound().identifier()).isEqualTo(identifier(1));
    assertThat(wire.logged)
        .contains(new DhcpServerEvent.Released(Ipv4Address.parse("10.0.0.100"), identifier(0)));
  }

  @Test
  void aDeclinedAddressIsNotLeasedAgain() {
    Wire wire = new Wire(scope("10.0.0.100", "10.0.0.101"));
    wire.command(obtain(0));
    wire.command(new DhcpClientCommand.Decline(identifier(0)));
    assertThat(wire.lastBound().lease().address()).hasToString("10.0.0.101");
  }

  @Test
  void aServerThatRefusesWhatItOffersIsGivenUp() {
    Wire wire = new Wire();
    wire.refusing = true;
    wire.command(obtain(0));
    assertThat(wire.heard).containsExactly(new DhcpClientEvent.NoAnswer(identifier(0)));
    assertThat(wire.sent).hasSizeLessThan(60);
  }

  @Test
  void aScopeWithoutOptionsTellsNeitherRouterNorNameServer() {
    DhcpScope bare =
        new DhcpScope(
            "bare",
            Ipv4Network.parse("10.0.0.0/24"),
            Ipv4Address.parse("10.0.0.100"),
            Ipv4Address.parse("10.0.0.110"),
            List.of(),
            Duration.ofHours(8),
            List.of(),
            List.of(),
            "");
    assertThat(informed(bare).addresses(DhcpOptionCode.DOMAIN_NAME_SERVER)).isEmpty();
    DhcpMessage whole = informed(scope("10.0.0.100", "10.0.0.110"));
    assertThat(whole.addresses(DhcpOptionCode.DOMAIN_NAME_SERVER)).containsExactly(DNS);
    assertThat(whole.addresses(DhcpOptionCode.ROUTER)).hasSize(1);
    // RFC 2131 section 4.3.5: no address and no lease time in the answer to DHCPINFORM.
    assertThat(whole.yourAddress()).isEqualTo(Ipv4Address.ANY);
    assertThat(whole.seconds(DhcpOptionCode.LEASE_TIME)).isEmpty();
  }

  private static DhcpMessage informed(DhcpScope scope) {
    Wire wire = new Wire(scope);
    wire.command(new DhcpClientCommand.Inform());
    return ((DhcpClientEvent.Informed) wire.heard.get(0)).parameters();
  }

  @Test
  void theServerRefusesAnAddressThatAnotherHasAndKeepsSilentAboutUnknownOnes() {
    DhcpServer server = new DhcpServer(List.of(scope("10.0.0.100", "10.0.0.110")));
    Ipv4Address taken = Ipv4Address.parse("10.0.0.100");
    server.handle(BEGIN, asked(DhcpMessageType.DISCOVER, 1, taken));
    assertThat(answers(server.handle(BEGIN, asked(DhcpMessageType.REQUEST, 2, taken))))
        .extracting(message -> message.type().orElseThrow())
        .containsExactly(DhcpMessageType.NAK);
    Ipv4Address unknown = Ipv4Address.parse("10.0.0.109");
    assertThat(answers(server.handle(BEGIN, asked(DhcpMessageType.REQUEST, 2, unknown)))).isEmpty();
    Ipv4Address foreign = Ipv4Address.parse("192.168.7.7");
    assertThat(answers(server.handle(BEGIN, asked(DhcpMessageType.REQUEST, 2, foreign))))
        .extracting(message -> message.type().orElseThrow())
        .containsExactly(DhcpMessageType.NAK);
  }

  @Test
  void anAnswerThroughARelayAgentGoesToItsServerPort() {
    DhcpServer server = new DhcpServer(List.of(scope("10.0.0.100", "10.0.0.110")));
    byte[] wire = request(DhcpMessageType.DISCOVER, 1, Ipv4Address.ANY).encode().toArray();
    System.arraycopy(Ipv4Address.parse("10.0.0.1").octets().toArray(), 0, wire, 24, 4);
    Ipv4Address far = Ipv4Address.parse("172.16.0.9");
    List<Output> outputs =
        server.handle(
            BEGIN,
            new Input.DatagramReceived(
                far.at(67), new InetSocketAddress("10.0.0.1", 67), Octets.of(wire)));
    assertThat(outputs)
        .filteredOn(Output.Transmit.class::isInstance)
        .extracting(output -> ((Output.Transmit) output).remote())
        .containsExactly(new InetSocketAddress("10.0.0.1", 67));
  }

  private static DhcpMessage request(DhcpMessageType type, int client, Ipv4Address wanted) {
    return DhcpMessage.request(
        client,
        MAC,
        Ipv4Address.ANY,
        List.of(
            DhcpOption.messageType(type),
            new DhcpOption(DhcpOptionCode.CLIENT_IDENTIFIER, identifier(client)),
            DhcpOption.address(DhcpOptionCode.REQUESTED_ADDRESS, wanted)));
  }

  private static Input asked(DhcpMessageType type, int client, Ipv4Address wanted) {
    return new Input.DatagramReceived(
        SERVER.at(67), RRAS.at(68), request(type, client, wanted).encode());
  }

  private static List<DhcpMessage> answers(List<Output> outputs) {
    return outputs.stream()
        .filter(Output.Transmit.class::isInstance)
        .map(output -> decoded(((Output.Transmit) output).payload()))
        .toList();
  }

  private static DhcpMessage decoded(Octets payload) {
    try {
      return DhcpMessage.decode(payload);
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }
}
