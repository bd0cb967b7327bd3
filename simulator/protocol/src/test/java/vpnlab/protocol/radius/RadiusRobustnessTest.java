package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.AccountDecision;
import vpnlab.protocol.eap.EapAuthenticator;
import vpnlab.protocol.eap.EapAuthenticatorConfig;
import vpnlab.protocol.eap.EapAuthenticatorMethod;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

/** Whatever arrives, server and client do not throw and do not grow. */
class RadiusRobustnessTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final InetSocketAddress NPS = new InetSocketAddress("10.0.0.10", 1812);
  private static final InetSocketAddress RRAS = new InetSocketAddress("10.0.0.5", 40000);
  private static final SharedSecret SECRET = SharedSecret.of("s3cret");

  private final Random random = new Random(20261121);
  private final RandomSource source = RandomSource.seeded(1);
  private final EapConversations conversations =
      new EapConversations(Duration.ofSeconds(60), 50, source);
  private int replies;

  @Test
  void mutated_requests_break_neither_the_server_nor_its_conversations() {
    RadiusServerClient client =
        new RadiusServerClient("rras", AddressRange.parse("10.0.0.0/24"), SECRET);
    RadiusServer server =
        new RadiusServer(
            new RadiusServerConfig(List.of(client), Duration.ofSeconds(30), 100), source);
    for (int i = 0; i < 100_000; i++) {
      RadiusPacket request = request();
      // Half of them are signed after the mutation, so that they get behind the first check.
      Octets octets =
          random.nextBoolean() ? mutated(SECRET.signRequest(request).encode()) : resigned(request);
      deliver(server, NOW.plusMillis(i), octets);
      assertThat(server.remembered()).isLessThanOrEqualTo(100);
      assertThat(conversations.size()).isLessThanOrEqualTo(50);
    }
    assertThat(replies).as("requests that were answered").isGreaterThan(1000);
  }

  @Test
  void mutated_responses_neither_break_the_client_nor_end_its_request() {
    RadiusClient client =
        new RadiusClient(
            new RadiusClientConfig(
                List.of(RRAS),
                List.of(new RadiusServerAddress(NPS, SECRET)),
                RetransmissionPolicy.RRAS,
                false),
            source);
    List<Output> sent =
        client.handle(
            NOW, new Input.Command(new RadiusClientCommand.SendAccessRequest(1, List.of())));
    Octets request = ((Output.Transmit) sent.get(0)).payload();
    Octets authenticator = request.slice(4, 20);
    RadiusPacket accept =
        new RadiusPacket(
            RadiusCode.ACCESS_ACCEPT,
            request.at(1),
            authenticator,
            List.of(RadiusAttribute.text(RadiusAttributeType.REPLY_MESSAGE, "welcome")));
    Octets genuine = SECRET.signResponse(accept, authenticator).encode();

    for (int i = 0; i < 100_000; i++) {
      Octets mutated = mutated(genuine);
      if (!mutated.equals(genuine)) {
        client.handle(NOW, new Input.DatagramReceived(RRAS, NPS, mutated));
        assertThat(client.underWay()).isEqualTo(1);
      }
    }
  }

  private void deliver(RadiusServer server, Instant now, Octets octets) {
    for (Output output : server.handle(now, new Input.DatagramReceived(NPS, RRAS, octets))) {
      if (output instanceof Output.Notify notify
          && notify.event() instanceof RadiusServerEvent.RequestReceived received) {
        EapExchange exchange = conversations.handle(now, received.packet(), this::open);
        if (exchange instanceof EapExchange.Challenge challenge) {
          answer(server, now, challenge.reply(received.handle()));
        } else if (exchange instanceof EapExchange.Reject reject) {
          answer(server, now, reject.reply(received.handle()));
        }
      }
    }
  }

  private void answer(RadiusServer server, Instant now, RadiusServerCommand.Reply reply) {
    assertThat(server.handle(now, new Input.Command(reply))).hasSize(1);
    replies++;
  }

  private EapAuthenticator open() {
    EapAuthenticatorMethod method =
        new EapAuthenticatorMethod.MsChapV2(
            "nps", (now, name) -> AccountDecision.ofPassword("secret"));
    return new EapAuthenticator(new EapAuthenticatorConfig(List.of(method)), source);
  }

  private RadiusPacket request() {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(RadiusAttribute.text(RadiusAttributeType.USER_NAME, "alice"));
    attributes.addAll(
        RadiusPacket.eapMessageAttributes(EapPacket.identityResponse(1, "alice").encode()));
    if (random.nextInt(4) == 0) {
      attributes.add(new RadiusAttribute(RadiusAttributeType.STATE, source.octets(16)));
    }
    return new RadiusPacket(
        RadiusCode.ACCESS_REQUEST, random.nextInt(256), source.octets(16), attributes);
  }

  private Octets resigned(RadiusPacket request) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    for (RadiusAttribute attribute : request.attributes()) {
      attributes.add(new RadiusAttribute(attribute.type(), mutated(attribute.value())));
    }
    return SECRET
        .signRequest(
            new RadiusPacket(
                request.code(), request.identifier(), request.authenticator(), attributes))
        .encode();
  }

  private Octets mutated(Octets octets) {
    byte[] bytes = octets.toArray();
    for (int n = 0; n <= random.nextInt(3) && bytes.length > 0; n++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    boolean cut = random.nextInt(8) == 0;
    return Octets.of(bytes, 0, cut ? random.nextInt(bytes.length + 1) : bytes.length);
  }
}
