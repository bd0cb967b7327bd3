package vpnlab.wire.pcap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/**
 * Reads capture files (draft-ietf-opsawg-pcapng), one packet at a time: those of {@link
 * PcapngWriter}, and those of Wireshark and {@code etl2pcapng} with raw IP or Ethernet frames in
 * enhanced packet blocks. Other blocks, and frames without IPv4, are passed over.
 */
public final class PcapngReader {
  /** The type of the first block, the same in both byte orders. */
  public static final int SECTION_HEADER = 0x0a0d0d0a;

  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int LINK_TYPE_ETHERNET = 1;
  private static final int LINK_TYPE_RAW = 101;
  private static final int LINK_TYPE_IPV4 = 228;
  private static final int ETHERNET_HEADER = 14;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int OPTION_END = 0;
  private static final int INTERFACE_NAME = 2;
  private static final int INTERFACE_TIME_RESOLUTION = 9;
  private static final int PACKET_FLAGS = 2;
  private static final int MICROSECONDS = 6;

  /** Blocks of capture tools are far below; a longer one is no capture. */
  private static final int MAX_BLOCK = 16 << 20;

  /**
   * A captured packet.
   *
   * @param interfaceName where it was captured; empty when the file does not say
   * @param direction which way it went, when the file says
   * @param ip the IPv4 packet as captured
   */
  public record Packet(
      String interfaceName, Instant at, Optional<PcapngWriter.Direction> direction, Octets ip) {}

  private record Interface(String name, int linkType, int resolution) {}

  private final InputStream in;
  private final List<Interface> interfaces = new ArrayList<>();
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private boolean begun;

  /** Reads from the beginning of a file. */
  public PcapngReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next packet with IPv4; empty at the end of the file.
   *
   * @throws MalformedMessageException if the file is no capture, is cut off or is damaged; what was
   *     read before is good
   */
  public Optional<Packet> next() throws IOException, MalformedMessageException {
    while (true) {
      byte[] head = in.readNBytes(8);
      if (head.length == 0 && begun) {
        return Optional.empty();
      }
      if (head.length < 8) {
        throw cutOff();
      }
      int type = ByteBuffer.wrap(head).order(order).getInt();
      if (type == SECTION_HEADER) {
        section(head);
        continue;
      }
      if (!begun) {
        throw new MalformedMessageException("the capture", "does not begin with a section header");
      }
      ByteBuffer body = body(ByteBuffer.wrap(head).order(order).getInt(4));
      try {
        if (type == INTERFACE_DESCRIPTION) {
          interfaces.add(describe(body));
        } else if (type == ENHANCED_PACKET) {
          Optional<Packet> packet = packet(body);
          if (packet.isPresent()) {
            return packet;
          }
        }
      } catch (BufferUnderflowException e) {
        throw new MalformedMessageException("a block of the capture", "is shorter than it says");
      }
    }
  }

  private static MalformedMessageException cutOff() {
    return new MalformedMessageException("the capture", "is cut off");
  }

  /** The byte order becomes known after the length that is written in it. */
  private void section(byte[] head) throws IOException, MalformedMessageException {
    byte[] magic = in.readNBytes(4);
    if (magic.length < 4) {
      throw cutOff();
    }
    order =
        ByteBuffer.wrap(magic).getInt() == BYTE_ORDER_MAGIC
            ? ByteOrder.BIG_ENDIAN
            : ByteOrder.LITTLE_ENDIAN;
    if (ByteBuffer.wrap(magic).order(order).getInt() != BYTE_ORDER_MAGIC) {
      throw new MalformedMessageException("the section header", "has no byte-order magic");
    }
    begun = true;
    interfaces.clear();
    int length = ByteBuffer.wrap(head).order(order).getInt(4);
    skip(length, 12);
  }

  private void skip(int length, int read) throws IOException, MalformedMessageException {
    check(length);
    try {
      in.skipNBytes(length - read);
    } catch (EOFException e) {
      throw cutOff();
    }
  }

  private static void check(int length) throws MalformedMessageException {
    if (length < 12 || length % 4 != 0 || length > MAX_BLOCK) {
      throw new MalformedMessageException("a block of the capture", "cannot have length " + length);
    }
  }

  /** The block's body, without the length that is repeated after it. */
  private ByteBuffer body(int length) throws IOException, MalformedMessageException {
    check(length);
    byte[] rest = in.readNBytes(length - 8);
    if (rest.length < length - 8) {
      throw cutOff();
    }
    return ByteBuffer.wrap(rest, 0, rest.length - 4).order(order);
  }

  private static Interface describe(ByteBuffer body) throws MalformedMessageException {
    int linkType = body.getShort() & 0xffff;
    body.getShort();
    body.getInt();
    String name = "";
    int resolution = MICROSECONDS;
    while (body.remaining() >= 4) {
      int code = body.getShort() & 0xffff;
      byte[] value = value(body);
      if (code == OPTION_END) {
        break;
      } else if (code == INTERFACE_NAME) {
        name = new String(value, StandardCharsets.UTF_8);
      } else if (code == INTERFACE_TIME_RESOLUTION && value.length == 1) {
        resolution = value[0];
      }
    }
    return new Interface(name, linkType, resolution);
  }

  private static byte[] value(ByteBuffer body) throws MalformedMessageException {
    int length = body.getShort() & 0xffff;
    int padded = length + 3 & ~3;
    if (padded > body.remaining()) {
      throw new MalformedMessageException("an option of the capture", "is longer than its block");
    }
    byte[] value = new byte[length];
    body.get(value);
    body.position(body.position() + padded - length);
    return value;
  }

  private Optional<Packet> packet(ByteBuffer body) throws MalformedMessageException {
    int number = body.getInt();
    if (number < 0 || number >= interfaces.size()) {
      throw new MalformedMessageException(
          "a packet of the capture", "names the unknown interface " + number);
    }
    Interface from = interfaces.get(number);
    long units = (long) body.getInt() << 32 | body.getInt() & 0xffff_ffffL;
    int captured = body.getInt();
    body.getInt();
    if (captured < 0 || captured > body.remaining()) {
      throw new MalformedMessageException("a packet of the capture", "is longer than its block");
    }
    byte[] frame = new byte[captured];
    body.get(frame);
    body.position(body.position() + Math.min(body.remaining(), -captured & 3));
    Optional<PcapngWriter.Direction> direction = direction(body);
    Instant at = instant(units, from.resolution());
    return ip(from.linkType(), frame).map(ip -> new Packet(from.name(), at, direction, ip));
  }

  private static Optional<PcapngWriter.Direction> direction(ByteBuffer options)
      throws MalformedMessageException {
    while (options.remaining() >= 4) {
      int code = options.getShort() & 0xffff;
      if (code == OPTION_END) {
        break;
      }
      ByteOrder order = options.order();
      byte[] value = value(options);
      if (code == PACKET_FLAGS && value.length == 4) {
        return switch (ByteBuffer.wrap(value).order(order).getInt() & 3) {
          case 1 -> Optional.of(PcapngWriter.Direction.INBOUND);
          case 2 -> Optional.of(PcapngWriter.Direction.OUTBOUND);
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }

  private static Optional<Octets> ip(int linkType, byte[] frame) {
    int at = 0;
    if (linkType == LINK_TYPE_ETHERNET) {
      if (frame.length < ETHERNET_HEADER
          || ((frame[12] & 0xff) << 8 | frame[13] & 0xff) != ETHERTYPE_IPV4) {
        return Optional.empty();
      }
      at = ETHERNET_HEADER;
    } else if (linkType != LINK_TYPE_RAW && linkType != LINK_TYPE_IPV4) {
      return Optional.empty();
    }
    boolean ipv4 = frame.length > at && (frame[at] & 0xf0) == 0x40;
    return ipv4 ? Optional.of(Octets.of(frame, at, trimmed(frame, at))) : Optional.empty();
  }

  /** An Ethernet frame may have padding after the packet. */
  private static int trimmed(byte[] frame, int at) {
    int available = frame.length - at;
    if (available < 4) {
      return available;
    }
    int total = (frame[at + 2] & 0xff) << 8 | frame[at + 3] & 0xff;
    return total >= 20 && total < available ? total : available;
  }

  /** The most significant bit of the resolution chooses powers of two instead of ten. */
  private static Instant instant(long units, int resolution) throws MalformedMessageException {
    BigInteger count = new BigInteger(Long.toUnsignedString(units));
    int exponent = resolution & 0x7f;
    BigInteger perSecond =
        (resolution & 0x80) != 0 ? BigInteger.TWO.pow(exponent) : BigInteger.TEN.pow(exponent);
    BigInteger[] parts = count.divideAndRemainder(perSecond);
    BigInteger nanos = parts[1].multiply(BigInteger.valueOf(1_000_000_000L)).divide(perSecond);
    if (parts[0].bitLength() > 40) {
      throw new MalformedMessageException("a packet of the capture", "has an impossible time");
    }
    return Instant.ofEpochSecond(parts[0].longValue(), nanos.longValue());
  }
}
