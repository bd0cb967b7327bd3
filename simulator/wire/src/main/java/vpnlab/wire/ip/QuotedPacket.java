package vpnlab.wire.ip;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/**
 * The beginning of a packet, as an ICMP error quotes it: the IP header and at least 8 octets (RFC
 * 792). Its total length is that of the packet, not of the quotation.
 *
 * @param octets exactly as quoted
 */
public record QuotedPacket(
    IpProtocol protocol, Ipv4Address source, Ipv4Address destination, Octets octets) {
  public static QuotedPacket decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    int versionAndLength = reader.u8("quoted packet / version");
    if (versionAndLength >>> 4 != 4 || (versionAndLength & 15) < 5) {
      throw new MalformedMessageException(
          "quoted packet / version and header length",
          String.format("are 0x%02x", versionAndLength));
    }
    reader.octets(8, "quoted packet / header");
    IpProtocol protocol = new IpProtocol(reader.u8("quoted packet / protocol"));
    reader.u16("quoted packet / header checksum");
    Ipv4Address source = Ipv4Address.read(reader, "quoted packet / source address");
    Ipv4Address destination = Ipv4Address.read(reader, "quoted packet / destination address");
    reader.octets(
        (versionAndLength & 15) * 4 - Ipv4Packet.HEADER_SIZE + 8,
        "quoted packet / transport header");
    return new QuotedPacket(protocol, source, destination, octets);
  }

  public int headerSize() {
    return (octets.at(0) & 15) * 4;
  }

  /** The first octets of the payload; at least 8. */
  public Octets payload() {
    return octets.from(headerSize());
  }

  public boolean isLaterFragment() {
    return ((octets.at(6) & 0x1f) << 8 | octets.at(7)) != 0;
  }

  /** Zero for protocols without ports. */
  public int sourcePort() {
    return hasPorts() ? payload().at(0) << 8 | payload().at(1) : 0;
  }

  /** Zero for protocols without ports. */
  public int destinationPort() {
    return hasPorts() ? payload().at(2) << 8 | payload().at(3) : 0;
  }

  private boolean hasPorts() {
    return !isLaterFragment()
        && (protocol.equals(IpProtocol.UDP) || protocol.equals(IpProtocol.TCP));
  }
}
