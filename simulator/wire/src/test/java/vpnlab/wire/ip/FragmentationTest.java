package vpnlab.wire.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.wire.Octets;

class FragmentationTest {
  private static Ipv4Packet packet(int identification, Octets payload) {
    return Ipv4Packet.of(
        identification,
        IpProtocol.UDP,
        Ipv4Address.parse("10.0.0.1"),
        Ipv4Address.parse("10.0.0.2"),
        payload);
  }

  @Test
  void fragmentsInAnyOrderOfAnySizeAndTwiceMakeTheSamePacketAgain() {
    RandomPackets random = new RandomPackets(4);
    Random order = new Random(4);
    Reassembly reassembly = new Reassembly();
    for (int i = 0; i < 500; i++) {
      Ipv4Packet whole = packet(i, random.octets(8000));
      List<Ipv4Packet> pieces = new ArrayList<>();
      for (Ipv4Packet piece : Fragmentation.fragments(whole, 1500)) {
        pieces.addAll(Fragmentation.fragments(piece, 68 + random.below(1000)));
      }
      Collections.shuffle(pieces, order);
      if (pieces.size() > 1) {
        pieces.add(1, pieces.get(0));
      }
      List<Ipv4Packet> result = new ArrayList<>();
      pieces.forEach(piece -> reassembly.add(0, piece).ifPresent(result::add));
      assertThat(result).containsExactly(whole);
      assertThat(reassembly.incomplete()).isZero();
    }
  }

  @Test
  void noFragmentIsLargerThanTheMtuAndOffsetsAreMultiplesOfEight() {
    List<Ipv4Packet> pieces = Fragmentation.fragments(packet(1, Octets.zeros(4000)), 1001);
    assertThat(pieces).allMatch(piece -> piece.size() <= 1001);
    assertThat(pieces)
        .extracting(Ipv4Packet::fragmentOffset)
        .containsExactly(0, 976, 1952, 2928, 3904);
  }

  @Test
  void aMissingFragmentIsWaitedForSixtySecondsAndNoLonger() {
    List<Ipv4Packet> pieces = Fragmentation.fragments(packet(1, Octets.zeros(2000)), 1500);
    Reassembly reassembly = new Reassembly();
    assertThat(reassembly.add(0, pieces.get(0))).isEmpty();
    long late = Reassembly.TIME_OUT.toNanos();
    assertThat(reassembly.add(late, pieces.get(1))).isEmpty();
    assertThat(reassembly.add(late, pieces.get(0))).isPresent();
  }

  @Test
  void overlappingFragmentsMakeNoPacket() {
    Ipv4Packet whole = packet(1, Octets.zeros(48));
    Reassembly reassembly = new Reassembly();
    assertThat(reassembly.add(0, whole.piece(0, 24, true))).isEmpty();
    assertThat(reassembly.add(0, whole.piece(16, 40, true))).isEmpty();
    assertThat(reassembly.add(0, whole.piece(24, 48, false))).isEqualTo(Optional.empty());
  }

  @Test
  void aFloodOfFirstFragmentsIsHeldWithinBounds() {
    Reassembly reassembly = new Reassembly();
    for (int i = 0; i < 10_000; i++) {
      reassembly.add(0, packet(i, Octets.zeros(1480)).piece(0, 1472, true));
    }
    assertThat(reassembly.incomplete()).isLessThanOrEqualTo(256);
  }
}
