package vpnlab.features;

import java.util.Optional;
import vpnlab.evidence.CapturedPacket;
import vpnlab.wire.Octets;

/** The ports of a captured UDP datagram (RFC 768 in RFC 791); later fragments have none. */
record UdpView(int sourcePort, int destinationPort) {
  private static final int UDP = 17;
  private static final int PROTOCOL = 9;
  private static final int FLAGS_AND_OFFSET = 6;

  static Optional<UdpView> of(CapturedPacket packet) {
    Octets ip = packet.ip();
    if (ip.isEmpty()) {
      return Optional.empty();
    }
    int header = (ip.at(0) & 0x0f) * 4;
    boolean first = (number(ip, FLAGS_AND_OFFSET) & 0x1fff) == 0;
    return first && ip.at(PROTOCOL) == UDP && ip.size() >= header + 8
        ? Optional.of(new UdpView(number(ip, header), number(ip, header + 2)))
        : Optional.empty();
  }

  /** Whether the packet is a part of a larger one: more fragments follow, or came before. */
  static boolean isFragment(CapturedPacket packet) {
    return (number(packet.ip(), FLAGS_AND_OFFSET) & 0x3fff) != 0;
  }

  private static int number(Octets octets, int at) {
    return (octets.at(at) & 0xff) << 8 | octets.at(at + 1) & 0xff;
  }
}
