package vpnlab.wire.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class IpCodecTest {
  private static final int ROUNDS = 3000;

  @Test
  void whatIsEncodedDecodesToTheSame() throws Exception {
    RandomPackets random = new RandomPackets(1);
    for (int i = 0; i < ROUNDS; i++) {
      Ipv4Packet packet = random.packet();
      assertThat(Ipv4Packet.decode(packet.encode())).isEqualTo(packet);
      UdpDatagram datagram = random.datagram();
      assertThat(UdpDatagram.decode(datagram.encode())).isEqualTo(datagram);
      IcmpMessage icmp = random.icmp();
      assertThat(IcmpMessage.decode(icmp.encode())).isEqualTo(icmp);
      TcpSegment segment = random.segment();
      assertThat(TcpSegment.decode(segment.encode())).isEqualTo(segment);
    }
  }

  private interface Decoder {
    Octets reencoded(Octets octets) throws MalformedMessageException;
  }

  /** Whatever decodes also encodes to the same octets, checksums included. */
  private static int accepted(RandomPackets random, Octets sound, Decoder decoder) {
    int accepted = 0;
    for (int i = 0; i < 3; i++) {
      Octets octets = i == 0 ? random.octets(100) : random.mutated(sound);
      try {
        assertThat(decoder.reencoded(octets)).isEqualTo(octets);
        accepted++;
      } catch (MalformedMessageException e) {
        assertThat(e.field()).isNotEmpty();
      }
    }
    return accepted;
  }

  @Test
  void anyOctetsGiveAMessageOrACleanError() {
    RandomPackets random = new RandomPackets(2);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      accepted += accepted(random, random.packet().encode(), o -> Ipv4Packet.decode(o).encode());
      accepted += accepted(random, random.datagram().encode(), o -> UdpDatagram.decode(o).encode());
      accepted += accepted(random, random.icmp().encode(), o -> IcmpMessage.decode(o).encode());
      accepted += accepted(random, random.segment().encode(), o -> TcpSegment.decode(o).encode());
      accepted += accepted(random, random.packet().encode(), o -> QuotedPacket.decode(o).octets());
    }
    assertThat(accepted).isBetween(ROUNDS, 15 * ROUNDS);
  }

  /** The example in RFC 1071 section 3. */
  @Test
  void theChecksumOfTheRfcsExampleIsRight() {
    assertThat(InternetChecksum.of(Octets.ofHex("0001 f203 f4f5 f6f7"))).isEqualTo(0xffff - 0xddf2);
  }

  /** The example in RFC 1624 section 4: a 16-bit field goes from 0x5555 to 0x3285. */
  @Test
  void theUpdatedChecksumOfTheRfcsExampleIsRight() {
    assertThat(InternetChecksum.updated(0xdd2f, Octets.ofHex("5555"), Octets.ofHex("3285")))
        .isEqualTo(0x0000);
  }

  @Test
  void aWrongHeaderChecksumIsMalformed() {
    byte[] octets = new RandomPackets(3).packet().encode().toArray();
    octets[10] ^= 1;
    assertThatThrownBy(() -> Ipv4Packet.decode(Octets.of(octets)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void aChecksummedDatagramIsIntactForItsOwnAddressesOnly() {
    Ipv4Address a = Ipv4Address.parse("10.0.0.1");
    Ipv4Address b = Ipv4Address.parse("10.0.0.2");
    UdpDatagram datagram = UdpDatagram.of(a, 1, b, 2, Octets.ofHex("010203"));
    assertThat(datagram.isIntact(a, b)).isTrue();
    assertThat(datagram.isIntact(a, Ipv4Address.parse("10.0.0.3"))).isFalse();
  }

  @Test
  void aProtocolIsParsedByNameOrNumberAndPrintedByName() {
    assertThat(IpProtocol.parse("ESP")).isEqualTo(IpProtocol.ESP);
    assertThat(IpProtocol.parse("50")).hasToString("esp");
    assertThat(IpProtocol.parse("99")).hasToString("99");
    assertThatThrownBy(() -> IpProtocol.parse("udq")).hasMessageContaining("udq");
  }

  @Test
  void aNetworkContainsItsAddresses() {
    Ipv4Network network = Ipv4Network.parse("10.8.0.0/24");
    assertThat(network.contains(Ipv4Address.parse("10.8.0.255"))).isTrue();
    assertThat(network.contains(Ipv4Address.parse("10.8.1.0"))).isFalse();
    assertThat(Ipv4Network.ANY.contains(Ipv4Address.parse("255.255.255.255"))).isTrue();
    assertThat(Ipv4Network.parse("10.8.0.1")).hasToString("10.8.0.1/32");
    for (String bad : new String[] {"10.8.0.1/24", "10.8.0/24", "10.8.0.0/33", "a", "1.2.3.256"}) {
      assertThatThrownBy(() -> Ipv4Network.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
