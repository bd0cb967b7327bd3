package vpnlab.wire.ip;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * A UDP datagram (RFC 768).
 *
 * @param checksum as on the wire; zero means that the sender computed none
 */
public record UdpDatagram(int sourcePort, int destinationPort, int checksum, Octets payload) {
  public static final int HEADER_SIZE = 8;
  public static final int MAX_PAYLOAD_SIZE =
      Ipv4Packet.MAX_SIZE - Ipv4Packet.HEADER_SIZE - HEADER_SIZE;

  /** A datagram with the checksum that belongs to these addresses. */
  public static UdpDatagram of(
      Ipv4Address source,
      int sourcePort,
      Ipv4Address destination,
      int destinationPort,
      Octets payload) {
    UdpDatagram bare = new UdpDatagram(sourcePort, destinationPort, 0, payload);
    int sum = InternetChecksum.of(bare.covered(source, destination));
    return new UdpDatagram(sourcePort, destinationPort, sum == 0 ? 0xffff : sum, payload);
  }

  public static UdpDatagram decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    int sourcePort = reader.u16("UDP / source port");
    int destinationPort = reader.u16("UDP / destination port");
    int length = reader.u16("UDP / length");
    int checksum = reader.u16("UDP / checksum");
    Octets payload = reader.octets(length - HEADER_SIZE, "UDP / payload");
    reader.expectEnd("UDP datagram");
    return new UdpDatagram(sourcePort, destinationPort, checksum, payload);
  }

  public Octets encode() {
    return new OctetWriter()
        .u16(sourcePort)
        .u16(destinationPort)
        .u16(HEADER_SIZE + payload.size())
        .u16(checksum)
        .octets(payload)
        .toOctets();
  }

  public boolean isIntact(Ipv4Address source, Ipv4Address destination) {
    return checksum == 0 || InternetChecksum.isIntact(covered(source, destination));
  }

  private Octets covered(Ipv4Address source, Ipv4Address destination) {
    Octets octets = encode();
    return Octets.concat(
        InternetChecksum.pseudoHeader(source, destination, IpProtocol.UDP, octets.size()), octets);
  }
}
