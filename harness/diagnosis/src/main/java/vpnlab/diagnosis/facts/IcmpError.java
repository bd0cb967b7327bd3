package vpnlab.diagnosis.facts;

import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.QuotedPacket;

/**
 * An ICMP Destination Unreachable (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1)
 * about a UDP datagram.
 *
 * @param quotedDestination where the datagram that it complains about was going
 */
public record IcmpError(
    IpPacket packet,
    int code,
    String quotedSource,
    String quotedDestination,
    int quotedDestinationPort) {
  private static final int DESTINATION_UNREACHABLE = 3;

  static Optional<IcmpError> parse(IpPacket packet) {
    if (packet.protocol() != IpPacket.ICMP || packet.isFragment()) {
      return Optional.empty();
    }
    try {
      return read(packet);
    } catch (MalformedMessageException cutShort) {
      return Optional.empty();
    }
  }

  private static Optional<IcmpError> read(IpPacket packet) throws MalformedMessageException {
    OctetReader in = new OctetReader(packet.payload());
    int type = in.u8("ICMP type");
    int code = in.u8("ICMP code");
    in.octets(6, "checksum and unused");
    if (type != DESTINATION_UNREACHABLE) {
      return Optional.empty();
    }
    QuotedPacket quoted = QuotedPacket.decode(in.rest());
    return quoted.protocol().equals(IpProtocol.UDP)
        ? Optional.of(
            new IcmpError(
                packet,
                code,
                quoted.source().toString(),
                quoted.destination().toString(),
                quoted.destinationPort()))
        : Optional.empty();
  }

  /** A router has no way to the network or the host (codes 0, 1, 5, 6, 7, 8, 11, 12). */
  public boolean hostUnreachable() {
    return code == 0 || code == 1 || code >= 5 && code <= 8 || code == 11 || code == 12;
  }

  /** Nothing listens (codes 2 and 3). */
  public boolean portUnreachable() {
    return code == 2 || code == 3;
  }

  /** A filter says so openly (codes 9, 10, 13). */
  public boolean prohibited() {
    return code == 9 || code == 10 || code == 13;
  }

  /** The host that sent the complaint. */
  public String from() {
    return packet.source();
  }

  /** In words, with the numbers, for citations. */
  public String describe() {
    String meaning =
        portUnreachable()
            ? "port unreachable"
            : prohibited() ? "administratively prohibited" : "host unreachable";
    return "ICMP type 3 code %d (%s) from %s about UDP port %d of %s"
        .formatted(code, meaning, from(), quotedDestinationPort, quotedDestination);
  }
}
