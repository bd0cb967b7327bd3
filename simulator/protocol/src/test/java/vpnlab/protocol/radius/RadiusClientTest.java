package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

class RadiusClientTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.5", 40000);
  private static final InetSocketAddress LOCAL_2 = new InetSocketAddress("10.0.0.5", 40001);
  private static final InetSocketAddress NPS_1 = new InetSocketAddress("10.0.0.10", 1812);
  private static final InetSocketAddress NPS_2 = new InetSocketAddress("10.0.0.11", 1812);
  private static final SharedSecret SECRET_1 = SharedSecret.of("first");
  private static final SharedSecret SECRET_2 = SharedSecret.of("second");

  private final RadiusClient client =
      new RadiusClient(
          new RadiusClientConfig(
              List.of(LOCAL, LOCAL_2),
              List.of(
                  new RadiusServerAddress(NPS_1, SECRET_1),
                  new RadiusServerAddress(NPS_2, SECRET_2)),
              RetransmissionPolicy.RRAS,
              false),
          RandomSource.seeded(1));

  @Test
  void a_silent_server_is_asked_three_times_every_five_seconds_and_then_the_next_one() {
    List<Output> first = send(1);
    Output.Transmit request = transmit(first);
    Output.SetTimer timer = (Output.SetTimer) first.get(1);

    assertThat(request.remote()).isEqualTo(NPS_1);
    assertThat(timer.after()).isEqualTo(Duration.ofSeconds(5));
    assertThat(transmit(fire(timer))).isEqualTo(request);
    assertThat(transmit(fire(timer))).isEqualTo(request);
    List<Output> next = fire(timer);
    assertThat(next.get(0))
        .isEqualTo(new Output.Notify(new RadiusClientEvent.ServerSilent(1, NPS_1)));
    Output.Transmit toSecond = (Output.Transmit) next.get(1);
    assertThat(toSecond.remote()).isEqualTo(NPS_2);
    fire(timer);
    fire(timer);
    assertThat(fire(timer))
        .containsExactly(
            new Output.Notify(new RadiusClientEvent.ServerSilent(1, NPS_2)),
            new Output.Notify(new RadiusClientEvent.TimedOut(1)));
    assertThat(client.underWay()).isZero();
  }

  @Test
  void a_request_to_each_server_is_signed_with_its_secret() throws Exception {
    List<Output> first = send(1);
    Output.SetTimer timer = (Output.SetTimer) first.get(1);
    fire(timer);
    fire(timer);
    RadiusPacket toFirst = RadiusPacket.decode(transmit(first).payload());
    RadiusPacket toSecond = RadiusPacket.decode(((Output.Transmit) fire(timer).get(1)).payload());

    assertThat(SECRET_1.verifyMessageAuthenticator(toFirst, toFirst.authenticator()))
        .contains(true);
    assertThat(SECRET_2.verifyMessageAuthenticator(toSecond, toSecond.authenticator()))
        .contains(true);
  }

  @Test
  void a_genuine_answer_ends_the_request_and_its_timer() throws Exception {
    List<Output> sent = send(1);
    RadiusPacket request = RadiusPacket.decode(transmit(sent).payload());

    List<Output> outputs =
        arrive(NPS_1, SECRET_1.signResponse(answer(request), request.authenticator()).encode());

    assertThat(outputs.get(0))
        .isEqualTo(new Output.CancelTimer(((Output.SetTimer) sent.get(1)).timer()));
    assertThat(event(outputs.get(1))).isInstanceOf(RadiusClientEvent.Rejected.class);
    assertThat(client.underWay()).isZero();
  }

  @Test
  void answers_that_are_not_genuine_are_dropped_and_the_request_stays() throws Exception {
    RadiusPacket request = RadiusPacket.decode(transmit(send(1)).payload());
    RadiusPacket answer = answer(request);
    Octets genuine = SECRET_1.signResponse(answer, request.authenticator()).encode();
    Octets forged = SECRET_2.signResponse(answer, request.authenticator()).encode();
    RadiusPacket unsigned = answer.withAuthenticator(request.authenticator());
    RadiusPacket withEap =
        new RadiusPacket(
            RadiusCode.ACCESS_REJECT,
            request.identifier(),
            request.authenticator(),
            RadiusPacket.eapMessageAttributes(Octets.ofHex("04010004")));
    RadiusPacket bareEap =
        withEap.withAuthenticator(SECRET_1.responseAuthenticator(withEap, request.authenticator()));

    assertThat(dropped(arrive(NPS_1, forged)))
        .isEqualTo(RadiusClientEvent.DropReason.BAD_RESPONSE_AUTHENTICATOR);
    assertThat(dropped(arrive(NPS_1, unsigned.encode())))
        .isEqualTo(RadiusClientEvent.DropReason.BAD_RESPONSE_AUTHENTICATOR);
    assertThat(dropped(arrive(NPS_1, bareEap.encode())))
        .isEqualTo(RadiusClientEvent.DropReason.MISSING_MESSAGE_AUTHENTICATOR);
    assertThat(dropped(arrive(NPS_2, genuine))).isEqualTo(RadiusClientEvent.DropReason.UNEXPECTED);
    assertThat(dropped(arrive(NPS_1, Octets.ofHex("02"))))
        .isEqualTo(RadiusClientEvent.DropReason.MALFORMED);
    assertThat(client.underWay()).isEqualTo(1);
    assertThat(event(arrive(NPS_1, genuine).get(1))).isInstanceOf(RadiusClientEvent.Rejected.class);
  }

  @Test
  void a_second_port_is_used_when_all_256_identifiers_of_the_first_are_taken() throws Exception {
    Set<Integer> identifiers = new HashSet<>();
    for (int handle = 0; handle < 256; handle++) {
      Output.Transmit transmit = transmit(send(handle));
      assertThat(transmit.local()).isEqualTo(LOCAL);
      identifiers.add(RadiusPacket.decode(transmit.payload()).identifier());
    }
    assertThat(identifiers).hasSize(256);
    for (int handle = 256; handle < 512; handle++) {
      assertThat(transmit(send(handle)).local()).isEqualTo(LOCAL_2);
    }
    assertThat(event(send(512).get(0))).isInstanceOf(RadiusClientEvent.NotSent.class);
    client.handle(NOW, new Input.Command(new RadiusClientCommand.Cancel(300)));
    assertThat(transmit(send(513)).local()).isEqualTo(LOCAL_2);
  }

  @Test
  void a_request_that_continues_a_challenge_goes_to_the_server_that_sent_it() {
    RadiusClientCommand.SendAccessRequest request =
        new RadiusClientCommand.SendAccessRequest(
            1, List.of(), Optional.empty(), Optional.of(NPS_2));

    assertThat(transmit(client.handle(NOW, new Input.Command(request))).remote()).isEqualTo(NPS_2);
  }

  @Test
  void a_second_request_of_one_handle_takes_the_place_of_the_first() throws Exception {
    RadiusPacket first = RadiusPacket.decode(transmit(send(1)).payload());
    RadiusPacket second = RadiusPacket.decode(transmit(send(1)).payload());

    assertThat(client.underWay()).isEqualTo(1);
    assertThat(
            dropped(
                arrive(
                    NPS_1, SECRET_1.signResponse(answer(first), first.authenticator()).encode())))
        .isEqualTo(RadiusClientEvent.DropReason.UNEXPECTED);
    assertThat(
            event(
                arrive(
                        NPS_1,
                        SECRET_1.signResponse(answer(second), second.authenticator()).encode())
                    .get(1)))
        .isInstanceOf(RadiusClientEvent.Rejected.class);
  }

  @Test
  void a_request_that_does_not_fit_into_a_packet_is_not_sent() {
    List<RadiusAttribute> attributes = RadiusPacket.eapMessageAttributes(Octets.zeros(5000));

    List<Output> outputs =
        client.handle(
            NOW, new Input.Command(new RadiusClientCommand.SendAccessRequest(1, attributes)));

    assertThat(event(outputs.get(0)))
        .isEqualTo(new RadiusClientEvent.NotSent(1, "it exceeds 4096 octets"));
    assertThat(client.underWay()).isZero();
  }

  private List<Output> send(long handle) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(RadiusAttribute.text(RadiusAttributeType.USER_NAME, "alice"));
    return client.handle(
        NOW, new Input.Command(new RadiusClientCommand.SendAccessRequest(handle, attributes)));
  }

  private List<Output> fire(Output.SetTimer timer) {
    return client.handle(NOW, new Input.TimerFired(timer.timer()));
  }

  private List<Output> arrive(InetSocketAddress from, Octets octets) {
    return client.handle(NOW, new Input.DatagramReceived(LOCAL, from, octets));
  }

  private static RadiusPacket answer(RadiusPacket request) {
    return new RadiusPacket(
        RadiusCode.ACCESS_REJECT,
        request.identifier(),
        request.authenticator(),
        List.of(RadiusAttribute.text(RadiusAttributeType.REPLY_MESSAGE, "no")));
  }

  private static Output.Transmit transmit(List<Output> outputs) {
    return (Output.Transmit) outputs.get(0);
  }

  private static ProtocolEvent event(Output output) {
    return ((Output.Notify) output).event();
  }

  private static RadiusClientEvent.DropReason dropped(List<Output> outputs) {
    assertThat(outputs).hasSize(1);
    return ((RadiusClientEvent.ResponseDropped) event(outputs.get(0))).reason();
  }
}
