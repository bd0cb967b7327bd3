package vpnlab.wire.ip;

import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/** The ones' complement checksum of the Internet protocols (RFC 1071). */
public final class InternetChecksum {
  private InternetChecksum() {}

  /** The checksum to send for {@code octets}, whose own checksum field holds zero. */
  public static int of(Octets octets) {
    return ~sum(octets) & 0xffff;
  }

  /** Whether {@code octets}, checksum field included, are intact. */
  public static boolean isIntact(Octets octets) {
    return sum(octets) == 0xffff;
  }

  /** The checksum after {@code before} became {@code after} (RFC 1624 equation 3); even lengths. */
  public static int updated(int checksum, Octets before, Octets after) {
    int sum = (~checksum & 0xffff) + (~sum(before) & 0xffff) + sum(after);
    return ~folded(sum) & 0xffff;
  }

  /** The pseudo header that UDP and TCP put before their octets (RFC 768, RFC 9293 3.1). */
  static Octets pseudoHeader(
      Ipv4Address source, Ipv4Address destination, IpProtocol protocol, int length) {
    return new OctetWriter()
        .octets(source.octets())
        .octets(destination.octets())
        .u8(0)
        .u8(protocol.number())
        .u16(length)
        .toOctets();
  }

  private static int sum(Octets octets) {
    long sum = 0;
    for (int i = 0; i < octets.size(); i += 2) {
      sum += octets.at(i) << 8 | (i + 1 < octets.size() ? octets.at(i + 1) : 0);
    }
    return folded(sum);
  }

  private static int folded(long sum) {
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) sum;
  }
}
