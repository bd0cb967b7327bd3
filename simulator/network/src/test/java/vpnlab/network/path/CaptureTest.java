package vpnlab.network.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.CapturedPacket;
import vpnlab.wire.Octets;

class CaptureTest {
  @Test
  void keepsNoMorePacketsThanItsLimitAndCountsTheOthers() {
    Capture capture = new Capture(3);
    for (int i = 1; i <= 5; i++) {
      capture.add(packet(i));
    }
    assertThat(capture.packets()).extracting(p -> p.ip().size()).containsExactly(3, 4, 5);
    assertThat(capture.forgotten()).isEqualTo(2);
  }

  @Test
  void keepsNoMoreOctetsThanItHasRoomFor() {
    Capture capture = new Capture(Integer.MAX_VALUE);
    int large = 1 << 20;
    int fitting = Capture.MOST_OCTETS / large;
    for (int i = 0; i < fitting + 2; i++) {
      capture.add(packet(large));
    }
    assertThat(capture.packets()).hasSize(fitting);
    assertThat(capture.forgotten()).isEqualTo(2);
    capture.add(packet(1));
    assertThat(capture.packets()).hasSize(fitting);
  }

  private static CapturedPacket packet(int size) {
    return new CapturedPacket(
        Instant.EPOCH, "host", CapturedPacket.Direction.SENT, Octets.zeros(size));
  }
}
