package vpnlab.diagnosis.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeDatagram;
import vpnlab.wire.ike.IkeHeader;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.UdpDatagram;

class IkeTrafficTest {
  private static final Instant NOW = Instant.parse("2026-01-15T09:00:00Z");
  private static final Ipv4Address CLIENT = Ipv4Address.parse("198.51.100.20");
  private static final Ipv4Address SERVER = Ipv4Address.parse("203.0.113.10");
  private static final IkeSpi OURS = new IkeSpi(0x1122334455667788L);
  private static final IkeSpi THEIRS = new IkeSpi(0x99aabbccddeeff00L);

  private final List<CapturedPacket> packets = new ArrayList<>();
  private Duration since = Duration.ZERO;

  private IkeTrafficTest at(long milliseconds) {
    since = Duration.ofMillis(milliseconds);
    return this;
  }

  private IkeTrafficTest sent(int port, Octets ike) {
    return seen(Direction.SENT, CLIENT, SERVER, port, ike);
  }

  private IkeTrafficTest received(int port, Octets ike) {
    return seen(Direction.RECEIVED, SERVER, CLIENT, port, ike);
  }

  private IkeTrafficTest seen(
      Direction direction, Ipv4Address from, Ipv4Address to, int port, Octets ike) {
    Octets payload = port == 500 ? ike : IkeDatagram.withMarker(ike);
    UdpDatagram udp = UdpDatagram.of(from, port, to, port, payload);
    Ipv4Packet ip = Ipv4Packet.of(1, IpProtocol.UDP, from, to, udp.encode());
    packets.add(new CapturedPacket(NOW.plus(since), "laptop", direction, ip.encode()));
    return this;
  }

  private static Octets message(
      IkeSpi initiator, ExchangeType exchange, boolean response, int id, Payload... payloads) {
    int flags = response ? IkeHeader.RESPONSE : IkeHeader.INITIATOR;
    return new IkeMessage(initiator, THEIRS, 0x20, exchange, flags, id, List.of(payloads)).encode();
  }

  private static Octets init(boolean response, Payload... payloads) {
    return message(OURS, ExchangeType.IKE_SA_INIT, response, 0, payloads);
  }

  private static Octets auth(boolean response, int id) {
    return message(OURS, ExchangeType.IKE_AUTH, response, id);
  }

  private IkeTraffic traffic() {
    return new IkeTraffic(new Capture(packets, Instant.MIN), "laptop");
  }

  @Test
  void onlyMessagesOfTheClientsOwnSpiBelongToTheAttempt() {
    Octets foreign = message(new IkeSpi(7), ExchangeType.IKE_SA_INIT, true, 0);
    sent(500, init(false)).received(500, foreign).received(500, init(true));
    assertThat(traffic().initRequests()).hasSize(1);
    assertThat(traffic().initAnswers()).hasSize(1);
    assertThat(traffic().serverAddress()).contains("203.0.113.10");
  }

  /** RFC 7296 section 2.23: the hash is over the SPIs, the address and the port. */
  @Test
  void aNatBeforeTheServerShowsInItsOwnHash() {
    Octets honest = IkeTraffic.natDetectionHash(OURS, THEIRS, "203.0.113.10", 500);
    Octets inside = IkeTraffic.natDetectionHash(OURS, THEIRS, "10.0.0.2", 500);
    NotifyType type = NotifyType.NAT_DETECTION_SOURCE_IP;
    sent(500, init(false)).received(500, init(true, Payload.Notify.of(type, honest)));
    assertThat(traffic().proofOfNatBeforeServer()).isEmpty();
    received(500, init(true, Payload.Notify.of(type, inside)));
    assertThat(traffic().proofOfNatBeforeServer()).isPresent();
  }

  @Test
  void anAnswerWithoutNatDetectionProvesNothing() {
    sent(500, init(false)).received(500, init(true));
    assertThat(traffic().proofOfNatBeforeServer()).isEmpty();
  }

  @Test
  void aWaitRunsFromTheFirstTransmissionToTheFirstAnswer() {
    sent(500, init(false)).received(500, init(true));
    at(0).sent(4500, auth(false, 1)).at(20).received(4500, auth(true, 1));
    at(100).sent(4500, auth(false, 2));
    at(1100).sent(4500, auth(false, 2));
    at(15100).received(4500, auth(true, 2)).at(15200).received(4500, auth(true, 2));
    IkeTraffic.Wait longest = traffic().longestWait().orElseThrow();
    assertThat(longest.duration()).isEqualTo(Duration.ofSeconds(15));
    assertThat(longest.request().messageId()).isEqualTo(2);
  }

  @Test
  void authoritiesAreReadFromTheCertificateRequest() {
    Octets hash = Octets.ofHex("00112233445566778899aabbccddeeff00112233");
    sent(500, init(false));
    received(500, init(true, Payload.CertificateRequest.of(List.of(hash))));
    assertThat(traffic().initAnswers().get(0).requestedAuthorities()).containsExactly(hash);
  }
}
