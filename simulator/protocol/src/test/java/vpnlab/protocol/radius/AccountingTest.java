package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.AcctStatusType;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

/** RFC 2866, on both sides; Status-Server (RFC 5997). */
class AccountingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final InetSocketAddress NPS = new InetSocketAddress("10.0.0.10", 1813);
  private static final InetSocketAddress OLD_PORT = new InetSocketAddress("10.0.0.10", 1646);
  private static final InetSocketAddress RRAS = new InetSocketAddress("10.0.0.5", 40000);
  private static final SharedSecret SECRET = SharedSecret.of("xyzzy5461");
  private static final List<RadiusAttribute> START =
      List.of(
          AcctStatusType.START.toAttribute(),
          RadiusAttribute.text(RadiusAttributeType.ACCT_SESSION_ID, "17"));

  private final RadiusServer server = server(RadiusService.ACCOUNTING, true);
  private final RadiusClient client =
      new RadiusClient(
          new RadiusClientConfig(
              List.of(RRAS),
              List.of(new RadiusServerAddress(NPS, SECRET)),
              RetransmissionPolicy.RRAS,
              true),
          RandomSource.seeded(1));

  @Test
  void a_session_start_is_received_and_acknowledged() throws Exception {
    Output.Transmit request = transmit(send(1, START));
    RadiusPacket packet = RadiusPacket.decode(request.payload());

    RadiusServerEvent.RequestReceived received =
        (RadiusServerEvent.RequestReceived) event(arrive(NPS, request.payload()));
    Output.Transmit answer = acknowledge(received.handle());
    List<Output> outputs = back(answer.payload());

    assertThat(packet.code()).isEqualTo(RadiusCode.ACCOUNTING_REQUEST);
    assertThat(packet.integer(RadiusAttributeType.ACCT_STATUS_TYPE)).hasValue(1);
    assertThat(packet.integer(RadiusAttributeType.ACCT_DELAY_TIME)).hasValue(0);
    assertThat(packet.has(RadiusAttributeType.MESSAGE_AUTHENTICATOR)).isFalse();
    assertThat(((Output.Notify) outputs.get(1)).event())
        .isEqualTo(new RadiusClientEvent.Acknowledged(1, NPS));
    assertThat(client.underWay()).isZero();
  }

  @Test
  void every_retransmission_has_a_new_identifier_and_tells_the_delay() throws Exception {
    List<Output> first = send(1, START);
    Output.SetTimer timer = (Output.SetTimer) first.get(1);

    RadiusPacket again = RadiusPacket.decode(transmit(fire(5, timer)).payload());
    RadiusPacket third = RadiusPacket.decode(transmit(fire(10, timer)).payload());
    List<Output> end = fire(15, timer);

    assertThat(again.integer(RadiusAttributeType.ACCT_DELAY_TIME)).hasValue(5);
    assertThat(third.integer(RadiusAttributeType.ACCT_DELAY_TIME)).hasValue(10);
    assertThat(
            List.of(
                RadiusPacket.decode(transmit(first).payload()).identifier(),
                again.identifier(),
                third.identifier()))
        .doesNotHaveDuplicates();
    assertThat(SECRET.verifyAccountingRequest(third)).isTrue();
    assertThat(end)
        .containsExactly(
            new Output.Notify(new RadiusClientEvent.ServerSilent(1, NPS)),
            new Output.Notify(new RadiusClientEvent.TimedOut(1)));
    assertThat(client.underWay()).isZero();
  }

  @Test
  void the_same_packet_again_gets_the_same_answer_and_is_not_recorded_twice() {
    Octets request = transmit(send(1, START)).payload();
    RadiusServerEvent.RequestReceived received =
        (RadiusServerEvent.RequestReceived) event(arrive(NPS, request));
    Output.Transmit answer = acknowledge(received.handle());

    List<Output> again = arrive(NPS, request);

    assertThat(again.get(0)).isEqualTo(answer);
    assertThat(((Output.Notify) again.get(1)).event())
        .isInstanceOf(RadiusServerEvent.AnswerRepeated.class);
    assertThat(event(arrive(OLD_PORT, request)))
        .as("another port is another request")
        .isInstanceOf(RadiusServerEvent.RequestReceived.class);
  }

  @Test
  void a_request_made_with_another_secret_is_dropped() {
    RadiusPacket packet = new RadiusPacket(RadiusCode.ACCOUNTING_REQUEST, 1, zeros(), START);

    assertThat(dropped(arrive(NPS, packet.encode())))
        .isEqualTo(RadiusServerEvent.DropReason.BAD_REQUEST_AUTHENTICATOR);
    assertThat(
            dropped(arrive(NPS, SharedSecret.of("other").signAccountingRequest(packet).encode())))
        .isEqualTo(RadiusServerEvent.DropReason.BAD_REQUEST_AUTHENTICATOR);
  }

  @Test
  void an_Access_Request_at_the_accounting_port_is_dropped() {
    RadiusPacket request =
        SECRET.signRequest(new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, zeros(), List.of()));

    assertThat(dropped(arrive(NPS, request.encode())))
        .isEqualTo(RadiusServerEvent.DropReason.UNEXPECTED_CODE);
  }

  @Test
  void an_Access_Accept_does_not_acknowledge_an_accounting_request() throws Exception {
    RadiusPacket request = RadiusPacket.decode(transmit(send(1, START)).payload());
    RadiusPacket accept =
        new RadiusPacket(RadiusCode.ACCESS_ACCEPT, request.identifier(), zeros(), List.of());

    ProtocolEvent event =
        event(back(SECRET.signResponse(accept, request.authenticator()).encode()));

    assertThat(((RadiusClientEvent.ResponseDropped) event).reason())
        .isEqualTo(RadiusClientEvent.DropReason.UNEXPECTED);
    assertThat(client.underWay()).isEqualTo(1);
  }

  /** RFC 5997, section 6.1. */
  @Test
  void a_Status_Server_at_the_authentication_port_is_answered_as_in_the_RFC() {
    List<Output> outputs =
        server(RadiusService.AUTHENTICATION, true)
            .handle(NOW, new Input.DatagramReceived(NPS, RRAS, statusServer()));

    assertThat(transmit(outputs).payload())
        .isEqualTo(Octets.ofHex("02da0014ef0d552a4bf2d693ec2b6fe8b5411d66"));
  }

  /** RFC 5997, section 6.2. */
  @Test
  void a_Status_Server_at_the_accounting_port_is_answered_as_in_the_RFC() {
    Octets query =
        Octets.ofHex(
            """
            0c b3 00 26 92 5f 6b 66 dd 5f ed 57 1f cb 1d b7
            ad 38 82 60 50 12 e8 d6 ea bd a9 10 87 5c d9 1f
            da de 26 36 78 58
            """);

    assertThat(transmit(arrive(NPS, query)).payload())
        .isEqualTo(Octets.ofHex("05b300140f6f92145f107e2f504e860a4860669c"));
  }

  @Test
  void a_server_that_does_not_know_Status_Server_drops_it() {
    RadiusServer plain = server(RadiusService.AUTHENTICATION, false);

    assertThat(dropped(plain.handle(NOW, new Input.DatagramReceived(NPS, RRAS, statusServer()))))
        .isEqualTo(RadiusServerEvent.DropReason.UNEXPECTED_CODE);
  }

  private static Octets statusServer() {
    return Octets.ofHex(
        """
        0c da 00 26 8a 54 f4 68 6f b3 94 c5 28 66 e3 02
        18 5d 06 23 50 12 5a 66 5e 2e 1e 84 11 f3 e2 43
        82 20 97 c8 4f a3
        """);
  }

  private static RadiusServer server(RadiusService service, boolean statusServer) {
    RadiusServerClient known =
        new RadiusServerClient("rras", AddressRange.parse("10.0.0.0/29"), SECRET);
    return new RadiusServer(
        new RadiusServerConfig(service, List.of(known), Duration.ofSeconds(30), 100, statusServer),
        RandomSource.seeded(1));
  }

  private static Octets zeros() {
    return Octets.zeros(16);
  }

  private List<Output> send(long handle, List<RadiusAttribute> attributes) {
    return client.handle(
        NOW, new Input.Command(new RadiusClientCommand.SendAccountingRequest(handle, attributes)));
  }

  private List<Output> fire(int seconds, Output.SetTimer timer) {
    return client.handle(NOW.plusSeconds(seconds), new Input.TimerFired(timer.timer()));
  }

  private List<Output> back(Octets octets) {
    return client.handle(NOW, new Input.DatagramReceived(RRAS, NPS, octets));
  }

  private List<Output> arrive(InetSocketAddress local, Octets octets) {
    return server.handle(NOW, new Input.DatagramReceived(local, RRAS, octets));
  }

  private Output.Transmit acknowledge(long handle) {
    return transmit(
        server.handle(
            NOW,
            new Input.Command(
                new RadiusServerCommand.Reply(
                    handle, RadiusCode.ACCOUNTING_RESPONSE, List.of(), Optional.empty()))));
  }

  private static Output.Transmit transmit(List<Output> outputs) {
    return (Output.Transmit) outputs.get(0);
  }

  private static ProtocolEvent event(List<Output> outputs) {
    return ((Output.Notify) outputs.get(0)).event();
  }

  private static RadiusServerEvent.DropReason dropped(List<Output> outputs) {
    assertThat(outputs).hasSize(1);
    return ((RadiusServerEvent.RequestDropped) event(outputs)).reason();
  }
}
