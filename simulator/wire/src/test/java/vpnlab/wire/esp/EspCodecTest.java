package vpnlab.wire.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IpProtocol;

class EspCodecTest {
  private final Random random = new Random(4303);

  @Test
  void everyPacketSurvivesEncodingAndDecoding() throws MalformedMessageException {
    for (int i = 0; i < 2_000; i++) {
      EspPacket packet =
          new EspPacket(
              1 + random.nextInt(Integer.MAX_VALUE) * 2L,
              random.nextInt() & 0xffffffffL,
              octets(random.nextInt(100)));
      assertThat(EspPacket.decode(packet.encode())).isEqualTo(packet);
    }
  }

  @Test
  void anyOctetsAreAPacketOrRefused() {
    for (int i = 0; i < 20_000; i++) {
      Octets octets = octets(random.nextInt(20));
      if (random.nextInt(4) == 0 && octets.size() > 3) {
        octets = Octets.concat(Octets.zeros(4), octets.from(4));
      }
      try {
        assertThat(EspPacket.decode(octets).encode()).isEqualTo(octets);
      } catch (MalformedMessageException e) {
        boolean reserved = octets.startsWith(Octets.zeros(4));
        assertThat(octets.size() < EspPacket.HEADER_SIZE || reserved).isTrue();
      }
    }
  }

  @Test
  void everyPayloadSurvivesEncodingAndDecoding() throws MalformedMessageException {
    for (int i = 0; i < 2_000; i++) {
      EspPayload payload =
          new EspPayload(
              octets(random.nextInt(100)),
              octets(random.nextInt(256)),
              new IpProtocol(random.nextInt(256)));
      assertThat(EspPayload.decode(payload.encode())).isEqualTo(payload);
    }
  }

  @Test
  void anyOctetsAreAPayloadOrRefused() {
    for (int i = 0; i < 20_000; i++) {
      Octets octets = octets(random.nextInt(60));
      try {
        assertThat(EspPayload.decode(octets).encode()).isEqualTo(octets);
      } catch (MalformedMessageException e) {
        boolean tooLong = octets.size() >= 2 && octets.at(octets.size() - 2) > octets.size() - 2;
        assertThat(octets.size() < 2 || tooLong).isTrue();
      }
    }
  }

  @Test
  void paddingIsOneTwoThreeAndEndsOnTheBlock() {
    // RFC 4303 section 2.4
    for (int size = 0; size < 64; size++) {
      for (int block : new int[] {1, 4, 8, 16}) {
        EspPayload payload = EspPayload.padded(octets(size), EspPayload.IPV4, block);
        assertThat(payload.encode().size() % Math.max(block, 4)).isZero();
        assertThat(payload.padding().size()).isLessThan(Math.max(block, 4));
        assertThat(payload.isPaddingAsPrescribed()).isTrue();
      }
    }
    EspPayload odd = new EspPayload(Octets.EMPTY, Octets.ofHex("0101"), EspPayload.IPV4);
    assertThat(odd.isPaddingAsPrescribed()).isFalse();
  }

  @Test
  void theReservedSpiCannotBeSent() {
    // RFC 4303 section 2.1: 0 must not be on the wire.
    assertThatThrownBy(() -> new EspPacket(0, 1, Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Octets octets(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Octets.of(bytes);
  }
}
