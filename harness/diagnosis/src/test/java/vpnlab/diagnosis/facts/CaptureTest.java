package vpnlab.diagnosis.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Fragmentation;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.UdpDatagram;

/** Held against the wire codecs, which are another implementation of the same RFCs. */
class CaptureTest {
  private static final Instant NOW = Instant.parse("2026-01-15T09:00:00Z");
  private static final Ipv4Address FROM = Ipv4Address.parse("203.0.113.10");
  private static final Ipv4Address TO = Ipv4Address.parse("198.51.100.20");

  private static Ipv4Packet packet(int id, Octets payload) {
    UdpDatagram udp = UdpDatagram.of(FROM, 500, TO, 4500, payload);
    return Ipv4Packet.of(id, IpProtocol.UDP, FROM, TO, udp.encode());
  }

  private static Capture capture(List<Octets> packets) {
    List<CapturedPacket> captured = new ArrayList<>();
    for (Octets ip : packets) {
      captured.add(
          new CapturedPacket(NOW.plusMillis(captured.size()), "laptop", Direction.RECEIVED, ip));
    }
    return new Capture(captured, Instant.MIN);
  }

  private static Octets random(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }

  @Test
  void datagramsComeOutWholeHoweverTheirFragmentsArrive() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      Octets payload = random(random, random.nextInt(4000));
      List<Octets> pieces = new ArrayList<>();
      for (Ipv4Packet piece : Fragmentation.fragments(packet(round + 1, payload), 576)) {
        pieces.add(piece.encode());
        if (random.nextInt(5) == 0) {
          pieces.add(piece.encode()); // a duplicate
        }
      }
      java.util.Collections.shuffle(pieces, random);
      Capture capture = capture(pieces);
      assertThat(capture.incompleteDatagrams()).isEmpty();
      assertThat(capture.datagrams().stream().map(Datagram::payload).distinct())
          .containsExactly(payload);
      assertThat(capture.datagrams().get(0).sourcePort()).isEqualTo(500);
    }
  }

  @Test
  void aDatagramThatLacksAnyFragmentStaysIncomplete() {
    List<Ipv4Packet> pieces = Fragmentation.fragments(packet(9, Octets.zeros(4000)), 1500);
    for (int missing = 0; missing < pieces.size(); missing++) {
      List<Octets> rest = new ArrayList<>();
      for (int i = 0; i < pieces.size(); i++) {
        if (i != missing) {
          rest.add(pieces.get(i).encode());
        }
      }
      Capture capture = capture(rest);
      assertThat(capture.datagrams()).isEmpty();
      assertThat(capture.incompleteDatagrams()).hasSize(1);
      assertThat(capture.incompleteDatagrams().get(0).parts()).hasSize(pieces.size() - 1);
    }
  }

  @Test
  void anIcmpErrorNamesTheDatagramThatItIsAbout() {
    Ipv4Packet about = packet(1, Octets.zeros(40));
    Octets icmp = IcmpMessage.error(IcmpKind.PORT_UNREACHABLE, about).encode();
    Ipv4Packet error = Ipv4Packet.of(2, IpProtocol.ICMP, TO, FROM, icmp);
    IcmpError seen = capture(List.of(error.encode())).icmpErrors().get(0);
    assertThat(seen.portUnreachable()).isTrue();
    assertThat(seen.from()).isEqualTo("198.51.100.20");
    assertThat(seen.quotedSource()).isEqualTo("203.0.113.10");
    assertThat(seen.quotedDestination()).isEqualTo("198.51.100.20");
    assertThat(seen.quotedDestinationPort()).isEqualTo(4500);
  }

  @Test
  void packetNumbersAreThoseOfTheHostsOwnCapture() {
    Octets ip = packet(1, Octets.zeros(8)).encode();
    Capture capture =
        new Capture(
            List.of(
                new CapturedPacket(NOW, "rras", Direction.SENT, ip),
                new CapturedPacket(NOW, "laptop", Direction.RECEIVED, ip),
                new CapturedPacket(NOW, "rras", Direction.SENT, ip)),
            Instant.MIN);
    assertThat(capture.packets().stream().map(IpPacket::label))
        .containsExactly("rras packet 1", "laptop packet 1", "rras packet 2");
  }
}
