package vpnlab.network.path;

import vpnlab.wire.Octets;
import vpnlab.wire.ip.InternetChecksum;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;

/**
 * Gives a packet other addresses and ports. Checksums are adjusted, not computed anew (RFC 3022
 * section 4.2), so a first fragment can be rewritten and a wrong checksum stays wrong.
 */
final class Rewrite {
  private Rewrite() {}

  static Ipv4Packet to(Flow flow, Ipv4Packet packet) {
    Octets addressesBefore = Octets.concat(packet.source().octets(), packet.destination().octets());
    Octets addressesAfter = Octets.concat(flow.source().octets(), flow.destination().octets());
    Octets payload =
        packet.isLaterFragment()
            ? packet.payload()
            : transport(flow, packet.payload(), addressesBefore, addressesAfter);
    return packet.readdressed(flow.source(), flow.destination(), payload);
  }

  /** Rewrites the packet that an ICMP error quotes, as far as it is quoted. */
  static QuotedPacket quoted(Flow flow, QuotedPacket packet) {
    Octets before = Octets.concat(packet.source().octets(), packet.destination().octets());
    Octets after = Octets.concat(flow.source().octets(), flow.destination().octets());
    Octets octets = packet.octets();
    int checksum = InternetChecksum.updated(Flow.u16(octets, 10), before, after);
    Octets rewritten =
        Octets.concat(
            octets.slice(0, 10),
            u16(checksum),
            after,
            octets.slice(Ipv4Packet.HEADER_SIZE, packet.headerSize()),
            transport(flow, packet.payload(), before, after));
    return new QuotedPacket(flow.protocol(), flow.source(), flow.destination(), rewritten);
  }

  /** Also takes the little of a transport header that an ICMP error quotes. */
  private static Octets transport(
      Flow flow, Octets payload, Octets addressesBefore, Octets addressesAfter) {
    if (flow.protocol().equals(IpProtocol.ICMP)) {
      Octets identifier = u16(flow.sourcePort());
      int checksum =
          InternetChecksum.updated(Flow.u16(payload, 2), payload.slice(4, 6), identifier);
      return Octets.concat(payload.slice(0, 2), u16(checksum), identifier, payload.from(6));
    }
    if (!Flow.hasPorts(flow.protocol())) {
      return payload;
    }
    Octets before = Octets.concat(addressesBefore, payload.slice(0, 4));
    Octets ports = Octets.concat(u16(flow.sourcePort()), u16(flow.destinationPort()));
    Octets after = Octets.concat(addressesAfter, ports);
    boolean udp = flow.protocol().equals(IpProtocol.UDP);
    int at = udp ? 6 : 16;
    boolean none = payload.size() < at + 2 || udp && Flow.u16(payload, at) == 0;
    if (none) {
      return Octets.concat(ports, payload.from(4));
    }
    int checksum = InternetChecksum.updated(Flow.u16(payload, at), before, after);
    return Octets.concat(
        ports,
        payload.slice(4, at),
        u16(udp && checksum == 0 ? 0xffff : checksum),
        payload.from(at + 2));
  }

  private static Octets u16(int value) {
    return Octets.of((byte) (value >>> 8), (byte) value);
  }
}
