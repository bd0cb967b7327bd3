package vpnlab.wire.ip;

import java.util.ArrayList;
import java.util.List;

/** Cuts a packet that is larger than a link allows (RFC 791 section 3.2). */
public final class Fragmentation {
  /** Every link must carry 68 octets unfragmented (RFC 791 section 3.2). */
  public static final int MIN_MTU = 68;

  private Fragmentation() {}

  /**
   * The fragments of {@code packet}, or the packet alone when it fits. The don't-fragment flag is
   * the caller's business.
   *
   * @param mtu in octets, IP header included
   */
  public static List<Ipv4Packet> fragments(Ipv4Packet packet, int mtu) {
    if (packet.size() <= mtu) {
      return List.of(packet);
    }
    if (mtu < MIN_MTU) {
      throw new IllegalArgumentException("an MTU of " + mtu + " is below " + MIN_MTU);
    }
    List<Ipv4Packet> result = new ArrayList<>();
    int size = packet.payload().size();
    int at = 0;
    while (at < size) {
      int header = at == 0 ? packet.headerSize() : Ipv4Packet.HEADER_SIZE;
      int room = (mtu - header) / 8 * 8;
      int end = size - at <= mtu - header ? size : at + room;
      result.add(packet.piece(at, end, end < size || packet.moreFragments()));
      at = end;
    }
    return result;
  }
}
