package vpnlab.wire.ip;

import java.util.OptionalInt;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * A TCP segment (RFC 9293 section 3.1).
 *
 * @param flags the 8 control bits, see the constants
 * @param checksum as on the wire
 * @param options padded to a multiple of 4 octets
 */
public record TcpSegment(
    int sourcePort,
    int destinationPort,
    long sequence,
    long acknowledgment,
    int reserved,
    int flags,
    int window,
    int checksum,
    int urgentPointer,
    Octets options,
    Octets payload) {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  public static final int HEADER_SIZE = 20;

  private static final int OPTION_END = 0;
  private static final int OPTION_NO_OPERATION = 1;
  private static final int OPTION_MAXIMUM_SEGMENT_SIZE = 2;

  public TcpSegment {
    if (options.size() % 4 != 0 || options.size() > 40) {
      throw new IllegalArgumentException("options of " + options.size() + " octets");
    }
  }

  /** A segment without checksum, urgent data or reserved bits. */
  public static TcpSegment of(
      int sourcePort,
      int destinationPort,
      long sequence,
      long acknowledgment,
      int flags,
      int window,
      Octets options,
      Octets payload) {
    return new TcpSegment(
        sourcePort,
        destinationPort,
        sequence,
        acknowledgment,
        0,
        flags,
        window,
        0,
        0,
        options,
        payload);
  }

  /** The option by which a SYN tells the largest payload that its sender takes, in octets. */
  public static Octets maximumSegmentSize(int size) {
    return new OctetWriter().u8(OPTION_MAXIMUM_SEGMENT_SIZE).u8(4).u16(size).toOctets();
  }

  public static TcpSegment decode(Octets octets) throws MalformedMessageException {
    OctetReader reader = new OctetReader(octets);
    int sourcePort = reader.u16("TCP / source port");
    int destinationPort = reader.u16("TCP / destination port");
    long sequence = reader.u32("TCP / sequence number");
    long acknowledgment = reader.u32("TCP / acknowledgment number");
    int offset = reader.u8("TCP / data offset");
    int flags = reader.u8("TCP / control bits");
    int window = reader.u16("TCP / window");
    int checksum = reader.u16("TCP / checksum");
    int urgentPointer = reader.u16("TCP / urgent pointer");
    Octets options = reader.octets((offset >>> 4) * 4 - HEADER_SIZE, "TCP / options");
    return new TcpSegment(
        sourcePort,
        destinationPort,
        sequence,
        acknowledgment,
        offset & 15,
        flags,
        window,
        checksum,
        urgentPointer,
        options,
        reader.rest());
  }

  public Octets encode() {
    return new OctetWriter()
        .u16(sourcePort)
        .u16(destinationPort)
        .u32(sequence)
        .u32(acknowledgment)
        .u8((HEADER_SIZE + options.size()) / 4 << 4 | reserved)
        .u8(flags)
        .u16(window)
        .u16(checksum)
        .u16(urgentPointer)
        .octets(options)
        .octets(payload)
        .toOctets();
  }

  /** The same segment with the checksum that belongs to these addresses. */
  public TcpSegment checksummed(Ipv4Address source, Ipv4Address destination) {
    TcpSegment bare = withChecksum(0);
    return bare.withChecksum(InternetChecksum.of(bare.covered(source, destination)));
  }

  public boolean isIntact(Ipv4Address source, Ipv4Address destination) {
    return InternetChecksum.isIntact(covered(source, destination));
  }

  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The value of the maximum segment size option, when there is one. */
  public OptionalInt maximumSegmentSize() {
    int at = 0;
    while (at < options.size() && options.at(at) != OPTION_END) {
      if (options.at(at) == OPTION_NO_OPERATION) {
        at++;
        continue;
      }
      int length = at + 1 < options.size() ? options.at(at + 1) : 0;
      if (length < 2 || at + length > options.size()) {
        break;
      }
      if (options.at(at) == OPTION_MAXIMUM_SEGMENT_SIZE && length == 4) {
        return OptionalInt.of(options.at(at + 2) << 8 | options.at(at + 3));
      }
      at += length;
    }
    return OptionalInt.empty();
  }

  private TcpSegment withChecksum(int sum) {
    return new TcpSegment(
        sourcePort,
        destinationPort,
        sequence,
        acknowledgment,
        reserved,
        flags,
        window,
        sum,
        urgentPointer,
        options,
        payload);
  }

  private Octets covered(Ipv4Address source, Ipv4Address destination) {
    Octets octets = encode();
    return Octets.concat(
        InternetChecksum.pseudoHeader(source, destination, IpProtocol.TCP, octets.size()), octets);
  }
}
