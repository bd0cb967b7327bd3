package vpnlab.wire.ip;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * An ICMP message (RFC 792). The checksum is computed when encoding and must be right when
 * decoding.
 *
 * @param rest the 32 bits behind the checksum: echo identifier and sequence number, or the next
 *     hop's MTU (RFC 1191 section 4), or unused
 * @param body echo data, or the beginning of the packet that an error reports on
 */
public record IcmpMessage(IcmpKind kind, long rest, Octets body) {
  /** An error message should not exceed 576 octets with its IP header (RFC 1812 4.3.2.3). */
  private static final int MAX_QUOTE = 576 - Ipv4Packet.HEADER_SIZE - 8;

  /** Reports that {@code packet} could not be delivered. */
  public static IcmpMessage error(IcmpKind kind, Ipv4Packet packet) {
    return new IcmpMessage(kind, 0, quote(packet));
  }

  /**
   * Reports that {@code packet} must not be fragmented but does not fit.
   *
   * @param mtu of the next hop in octets (RFC 1191 section 4)
   */
  public static IcmpMessage fragmentationNeeded(Ipv4Packet packet, int mtu) {
    return new IcmpMessage(IcmpKind.FRAGMENTATION_NEEDED, mtu, quote(packet));
  }

  public static IcmpMessage echoRequest(int identifier, int sequence, Octets data) {
    return new IcmpMessage(IcmpKind.ECHO_REQUEST, (long) identifier << 16 | sequence, data);
  }

  public static IcmpMessage decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    IcmpKind kind = new IcmpKind(reader.u8("ICMP / type"), reader.u8("ICMP / code"));
    reader.u16("ICMP / checksum");
    long rest = reader.u32("ICMP / rest of header");
    if (!InternetChecksum.isIntact(octets)) {
      throw new MalformedMessageException("ICMP / checksum", "is wrong");
    }
    return new IcmpMessage(kind, rest, reader.rest());
  }

  public Octets encode() {
    return encode(InternetChecksum.of(encode(0)));
  }

  public IcmpMessage echoReply() {
    return new IcmpMessage(IcmpKind.ECHO_REPLY, rest, body);
  }

  public int echoIdentifier() {
    return (int) (rest >>> 16);
  }

  /** The next hop's MTU in octets that {@link IcmpKind#FRAGMENTATION_NEEDED} tells. */
  public int nextHopMtu() {
    return (int) (rest & 0xffff);
  }

  /** The header of the packet that this error reports on, and what is quoted of its payload. */
  public QuotedPacket quoted() throws MalformedMessageException {
    return QuotedPacket.decode(body);
  }

  private Octets encode(int checksum) {
    return new OctetWriter()
        .u8(kind.type())
        .u8(kind.code())
        .u16(checksum)
        .u32(rest)
        .octets(body)
        .toOctets();
  }

  private static Octets quote(Ipv4Packet packet) {
    Octets octets = packet.encode();
    return octets.slice(0, Math.min(octets.size(), MAX_QUOTE));
  }
}
