package vpnlab.wire.pcap;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import vpnlab.wire.Octets;

/**
 * Writes a capture file that Wireshark reads (draft-ietf-opsawg-pcapng): raw IPv4 packets with
 * nanosecond time stamps, an interface for each place that was listened to, and comments.
 */
public final class PcapngWriter implements Closeable {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int LINK_TYPE_IPV4 = 228;

  private static final int OPTION_END = 0;
  private static final int OPTION_COMMENT = 1;
  private static final int SECTION_APPLICATION = 4;
  private static final int INTERFACE_NAME = 2;
  private static final int INTERFACE_TIME_RESOLUTION = 9;
  private static final int PACKET_FLAGS = 2;
  private static final int NANOSECONDS = 9;
  private static final int MAX_OPTION = 0xffff;

  private final OutputStream out;
  private int interfaces;

  /**
   * Begins a file.
   *
   * @param out is closed with this writer
   */
  public PcapngWriter(OutputStream out, String application) throws IOException {
    this.out = out;
    PcapngBlock header = new PcapngBlock(SECTION_HEADER);
    header.u32(BYTE_ORDER_MAGIC).u16(1).u16(0).u64(-1);
    header.option(SECTION_APPLICATION, utf8(application)).option(OPTION_END, Octets.EMPTY);
    out.write(header.toByteArray());
  }

  /** Which way a packet went through an interface (the draft's section on epb_flags). */
  public enum Direction {
    INBOUND(1),
    OUTBOUND(2);

    private final int flags;

    Direction(int flags) {
      this.flags = flags;
    }
  }

  public PcapngInterface addInterface(String name) throws IOException {
    PcapngBlock block = new PcapngBlock(INTERFACE_DESCRIPTION);
    block.u16(LINK_TYPE_IPV4).u16(0).u32(0);
    block
        .option(INTERFACE_NAME, utf8(name))
        .option(INTERFACE_TIME_RESOLUTION, Octets.of((byte) NANOSECONDS))
        .option(OPTION_END, Octets.EMPTY);
    out.write(block.toByteArray());
    return new PcapngInterface(interfaces++);
  }

  /**
   * Writes one packet.
   *
   * @param ip the whole IPv4 packet
   * @param comment what Wireshark shows beside it; empty means none
   * @throws IllegalArgumentException when {@code from} is not an interface of this file
   */
  public void write(
      PcapngInterface from, Instant at, Direction direction, Octets ip, String comment)
      throws IOException {
    if (from.number() >= interfaces) {
      throw new IllegalArgumentException("no interface " + from.number() + " was added");
    }
    long nanos =
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
    PcapngBlock block = new PcapngBlock(ENHANCED_PACKET);
    block.u32(from.number()).u32((int) (nanos >>> 32)).u32((int) nanos);
    block.u32(ip.size()).u32(ip.size()).padded(ip);
    block.option(PACKET_FLAGS, u32(direction.flags));
    if (!comment.isEmpty()) {
      block.option(OPTION_COMMENT, utf8(comment));
    }
    block.option(OPTION_END, Octets.EMPTY);
    out.write(block.toByteArray());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static Octets utf8(String text) {
    Octets octets = Octets.ofText(text, StandardCharsets.UTF_8);
    return octets.size() <= MAX_OPTION ? octets : octets.slice(0, MAX_OPTION);
  }

  private static Octets u32(int value) {
    return Octets.of(ByteBuffer.allocate(4).order(PcapngBlock.BYTE_ORDER).putInt(value).array());
  }
}
