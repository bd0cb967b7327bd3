package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.VendorAttribute;

class RadiusServerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final InetSocketAddress NPS = new InetSocketAddress("10.0.0.10", 1812);
  private static final InetSocketAddress RRAS = new InetSocketAddress("10.0.0.5", 40000);
  private static final SharedSecret SECRET = SharedSecret.of("s3cret");
  private static final RadiusServerClient CLIENT =
      new RadiusServerClient("rras", AddressRange.parse("10.0.0.0/29"), SECRET);

  private final RadiusServer server =
      new RadiusServer(
          new RadiusServerConfig(List.of(CLIENT), Duration.ofSeconds(30), 3),
          RandomSource.seeded(1));

  @Test
  void a_genuine_request_is_handed_to_the_owner_and_answered_with_its_decision() throws Exception {
    RadiusPacket request = eapRequest(7, 1);

    RadiusServerEvent.RequestReceived received = received(arrive(RRAS, request));
    List<Output> outputs = reply(received.handle(), RadiusCode.ACCESS_ACCEPT, Optional.of(keys()));

    assertThat(received.client()).isEqualTo(CLIENT);
    assertThat(received.packet()).isEqualTo(request);
    Output.Transmit transmit = (Output.Transmit) outputs.get(0);
    assertThat(transmit.remote()).isEqualTo(RRAS);
    assertThat(transmit.local()).isEqualTo(NPS);
    RadiusPacket answer = RadiusPacket.decode(transmit.payload());
    assertThat(answer.identifier()).isEqualTo(7);
    assertThat(SECRET.verifyResponseAuthenticator(answer, request.authenticator())).isTrue();
    assertThat(SECRET.verifyMessageAuthenticator(answer, request.authenticator())).contains(true);
    Octets sent = answer.microsoft(VendorAttribute.MS_MPPE_SEND_KEY).orElseThrow();
    Octets receive = answer.microsoft(VendorAttribute.MS_MPPE_RECV_KEY).orElseThrow();
    assertThat(SECRET.decryptMppeKey(sent, request.authenticator())).contains(keys().sendKey());
    assertThat(SECRET.decryptMppeKey(receive, request.authenticator()))
        .contains(keys().receiveKey());
    assertThat(sent.slice(0, 2)).isNotEqualTo(receive.slice(0, 2));
  }

  @Test
  void a_client_that_nobody_configured_is_dropped() {
    InetSocketAddress stranger = new InetSocketAddress("10.0.0.8", 40000);

    assertThat(dropped(arrive(stranger, eapRequest(1, 1))))
        .isEqualTo(RadiusServerEvent.DropReason.UNKNOWN_CLIENT);
  }

  @Test
  void a_request_made_with_another_secret_is_dropped() {
    RadiusPacket request = SharedSecret.of("s3creT").signRequest(eapRequest(1, 1));

    assertThat(dropped(arrive(RRAS, request)))
        .isEqualTo(RadiusServerEvent.DropReason.BAD_MESSAGE_AUTHENTICATOR);
  }

  @Test
  void an_EAP_Message_without_Message_Authenticator_is_dropped() {
    RadiusPacket request = eapRequest(1, 1);
    List<RadiusAttribute> bare =
        request.attributes().stream()
            .filter(a -> !a.type().equals(RadiusAttributeType.MESSAGE_AUTHENTICATOR))
            .toList();

    assertThat(
            dropped(
                arrive(RRAS, new RadiusPacket(request.code(), 1, request.authenticator(), bare))))
        .isEqualTo(RadiusServerEvent.DropReason.MISSING_MESSAGE_AUTHENTICATOR);
  }

  @Test
  void what_is_no_RADIUS_packet_or_no_Access_Request_is_dropped() {
    assertThat(dropped(arrive(RRAS, Octets.ofHex("01 02 03"))))
        .isEqualTo(RadiusServerEvent.DropReason.MALFORMED);
    assertThat(
            dropped(
                arrive(
                    RRAS,
                    new RadiusPacket(
                        RadiusCode.ACCOUNTING_REQUEST, 1, Octets.zeros(16), List.of()))))
        .isEqualTo(RadiusServerEvent.DropReason.UNEXPECTED_CODE);
  }

  @Test
  void a_retransmission_is_not_started_twice_and_gets_the_same_octets_once_answered() {
    RadiusPacket request = eapRequest(1, 1);
    long handle = received(arrive(RRAS, request)).handle();

    assertThat(dropped(arrive(RRAS, request)))
        .isEqualTo(RadiusServerEvent.DropReason.DUPLICATE_IN_PROGRESS);
    Output.Transmit first =
        (Output.Transmit) reply(handle, RadiusCode.ACCESS_ACCEPT, Optional.of(keys())).get(0);
    List<Output> again = arrive(RRAS, request);

    assertThat(again)
        .containsExactly(
            first, new Output.Notify(new RadiusServerEvent.AnswerRepeated(handle, RRAS)));
  }

  @Test
  void the_same_identifier_with_another_authenticator_or_port_is_another_request() {
    long first = received(arrive(RRAS, eapRequest(1, 1))).handle();
    long second = received(arrive(RRAS, eapRequest(1, 2))).handle();
    InetSocketAddress otherPort = new InetSocketAddress("10.0.0.5", 40001);
    long third = received(arrive(otherPort, eapRequest(1, 1))).handle();

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
  }

  @Test
  void answers_are_forgotten_after_a_while_and_never_more_kept_than_configured() {
    RadiusPacket request = eapRequest(1, 1);
    long handle = received(arrive(RRAS, request)).handle();

    assertThat(received(arrive(NOW.plusSeconds(30), RRAS, request)).handle()).isNotEqualTo(handle);
    for (int seed = 2; seed < 50; seed++) {
      arrive(NOW.plusSeconds(31), RRAS, eapRequest(seed, seed));
      assertThat(server.remembered()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void an_answer_to_nothing_or_a_second_answer_sends_nothing() {
    long handle = received(arrive(RRAS, eapRequest(1, 1))).handle();

    assertThat(reply(handle, RadiusCode.ACCESS_REJECT, Optional.empty())).hasSize(1);
    assertThat(reply(handle, RadiusCode.ACCESS_ACCEPT, Optional.empty())).isEmpty();
    assertThat(reply(4711, RadiusCode.ACCESS_ACCEPT, Optional.empty())).isEmpty();
  }

  @Test
  void Proxy_State_comes_back_in_its_order() throws Exception {
    List<RadiusAttribute> attributes = new ArrayList<>(eapRequest(1, 1).attributes());
    attributes.add(RadiusAttribute.text(RadiusAttributeType.PROXY_STATE, "near"));
    attributes.add(RadiusAttribute.text(RadiusAttributeType.PROXY_STATE, "far"));
    RadiusPacket request =
        SECRET.signRequest(
            new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, Octets.zeros(16), attributes));
    long handle = received(arrive(RRAS, request)).handle();

    Output.Transmit answer =
        (Output.Transmit) reply(handle, RadiusCode.ACCESS_REJECT, Optional.empty()).get(0);

    assertThat(
            RadiusPacket.decode(answer.payload()).all(RadiusAttributeType.PROXY_STATE).stream()
                .map(o -> o.toText(java.nio.charset.StandardCharsets.UTF_8)))
        .containsExactly("near", "far");
  }

  @Test
  void a_request_full_of_Proxy_State_cannot_break_the_answer() {
    List<RadiusAttribute> attributes = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      attributes.add(new RadiusAttribute(RadiusAttributeType.PROXY_STATE, Octets.zeros(253)));
    }
    attributes.add(new RadiusAttribute(RadiusAttributeType.PROXY_STATE, Octets.zeros(229)));
    RadiusPacket request =
        SECRET.signRequest(
            new RadiusPacket(RadiusCode.ACCESS_REQUEST, 1, Octets.zeros(16), attributes));
    long handle = received(arrive(RRAS, request)).handle();

    List<Output> outputs = reply(handle, RadiusCode.ACCESS_ACCEPT, Optional.of(keys()));

    assertThat(dropped(outputs)).isEqualTo(RadiusServerEvent.DropReason.ANSWER_TOO_LONG);
  }

  private static EapKeys keys() {
    return new EapKeys(
        Octets.ofHex("00112233445566778899aabbccddeeff"),
        Octets.ofHex("ffeeddccbbaa99887766554433221100"));
  }

  private static RadiusPacket eapRequest(int identifier, long seed) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(RadiusAttribute.text(RadiusAttributeType.USER_NAME, "alice"));
    attributes.addAll(
        RadiusPacket.eapMessageAttributes(EapPacket.identityResponse(1, "alice").encode()));
    return SECRET.signRequest(
        new RadiusPacket(
            RadiusCode.ACCESS_REQUEST,
            identifier,
            RandomSource.seeded(seed).octets(16),
            attributes));
  }

  private List<Output> arrive(InetSocketAddress from, RadiusPacket packet) {
    return arrive(from, packet.encode());
  }

  private List<Output> arrive(InetSocketAddress from, Octets octets) {
    return server.handle(NOW, new Input.DatagramReceived(NPS, from, octets));
  }

  private List<Output> arrive(Instant now, InetSocketAddress from, RadiusPacket packet) {
    return server.handle(now, new Input.DatagramReceived(NPS, from, packet.encode()));
  }

  private List<Output> reply(long handle, RadiusCode code, Optional<EapKeys> keys) {
    return server.handle(
        NOW, new Input.Command(new RadiusServerCommand.Reply(handle, code, List.of(), keys)));
  }

  private static RadiusServerEvent.RequestReceived received(List<Output> outputs) {
    assertThat(outputs).hasSize(1);
    return (RadiusServerEvent.RequestReceived) ((Output.Notify) outputs.get(0)).event();
  }

  private static RadiusServerEvent.DropReason dropped(List<Output> outputs) {
    assertThat(outputs).hasSize(1);
    return ((RadiusServerEvent.RequestDropped) ((Output.Notify) outputs.get(0)).event()).reason();
  }
}
