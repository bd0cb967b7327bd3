package vpnlab.network.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import vpnlab.evidence.CapturedPacket;

/** The packets that one host's interfaces saw: the last ones, as many as there is room for. */
final class Capture {
  /** Octets that all packets of one capture have together; large ones fill it before the limit. */
  static final int MOST_OCTETS = 32 << 20;

  private final Deque<CapturedPacket> packets = new ArrayDeque<>();
  private final int limit;
  private long octets;
  private long forgotten;

  /**
   * @param limit packets
   */
  Capture(int limit) {
    this.limit = limit;
  }

  void add(CapturedPacket packet) {
    packets.addLast(packet);
    octets += packet.ip().size();
    while (packets.size() > limit || octets > MOST_OCTETS) {
      octets -= packets.removeFirst().ip().size();
      forgotten++;
    }
  }

  List<CapturedPacket> packets() {
    return List.copyOf(packets);
  }

  /** Packets that were captured and are no longer kept. */
  long forgotten() {
    return forgotten;
  }
}
