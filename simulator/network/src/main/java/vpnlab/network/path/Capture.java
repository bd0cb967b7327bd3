package vpnlab.network.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import vpnlab.evidence.CapturedPacket;

/** The packets that one host's interfaces saw. */
final class Capture {
  private final Deque<CapturedPacket> packets = new ArrayDeque<>();
  private final int limit;

  Capture(int limit) {
    this.limit = limit;
  }

  void add(CapturedPacket packet) {
    if (packets.size() == limit) {
      packets.removeFirst();
    }
    packets.addLast(packet);
  }

  List<CapturedPacket> packets() {
    return List.copyOf(packets);
  }
}
