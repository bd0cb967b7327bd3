package vpnlab.diagnosis.facts;

import java.util.Optional;
import vpnlab.evidence.CapturedPacket;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;

/**
 * One IPv4 packet (RFC 791) of a capture, a fragment perhaps. Read more leniently than {@code
 * vpnlab.wire.ip} does: captures at the sender have wrong checksums where the network card fills
 * them in.
 *
 * @param captured where and when it was seen
 * @param number its place among the packets of that host's capture (or of its tunnel's), from 1, as
 *     a capture shows it
 * @param fragmentOffset octets of the datagram before this packet's payload
 */
public record IpPacket(
    CapturedPacket captured,
    int number,
    String source,
    String destination,
    int protocol,
    int identification,
    boolean moreFragments,
    int fragmentOffset,
    Octets payload) {
  static final int ICMP = 1;
  static final int UDP = 17;

  /** Empty when the octets are no IPv4 packet: a capture may hold anything. */
  static Optional<IpPacket> parse(CapturedPacket captured, int number) {
    try {
      return Optional.of(read(captured, number));
    } catch (MalformedMessageException notIpv4) {
      return Optional.empty();
    }
  }

  private static IpPacket read(CapturedPacket captured, int number)
      throws MalformedMessageException {
    OctetReader in = new OctetReader(captured.ip());
    int versionAndLength = in.u8("version and header length");
    int headerSize = (versionAndLength & 0xf) * 4;
    if (versionAndLength >> 4 != 4 || headerSize < 20) {
      throw new MalformedMessageException("IPv4 header", "is of another version or too short");
    }
    in.u8("type of service");
    int totalLength = in.u16("total length");
    int identification = in.u16("identification");
    int flagsAndOffset = in.u16("flags and fragment offset");
    in.u8("time to live");
    int protocol = in.u8("protocol");
    in.u16("header checksum");
    String source = address(in.octets(4, "source address"));
    String destination = address(in.octets(4, "destination address"));
    in.octets(headerSize - 20, "options");
    Octets payload = in.octets(totalLength - headerSize, "payload");
    return new IpPacket(
        captured,
        number,
        source,
        destination,
        protocol,
        identification,
        (flagsAndOffset & 0x2000) != 0,
        (flagsAndOffset & 0x1fff) * 8,
        payload);
  }

  static String address(Octets octets) {
    return octets.at(0) + "." + octets.at(1) + "." + octets.at(2) + "." + octets.at(3);
  }

  /** Whether it is only a part of a datagram. */
  public boolean isFragment() {
    return moreFragments || fragmentOffset > 0;
  }

  /** How reports name it, e.g. {@code laptop packet 7}. */
  public String label() {
    return captured.isOuter()
        ? captured.host() + " packet " + number
        : captured.host() + " " + captured.tunnel() + " packet " + number;
  }
}
