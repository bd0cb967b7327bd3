package vpnlab.wire.pcap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import vpnlab.wire.Octets;

/** A block under construction: type, length, body padded to 32 bits, length again. */
final class PcapngBlock {
  /** The writer may choose; readers tell from the section header. */
  static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

  private final int type;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  PcapngBlock(int type) {
    this.type = type;
  }

  PcapngBlock u16(int value) {
    body.writeBytes(ByteBuffer.allocate(2).order(BYTE_ORDER).putShort((short) value).array());
    return this;
  }

  PcapngBlock u32(int value) {
    body.writeBytes(ByteBuffer.allocate(4).order(BYTE_ORDER).putInt(value).array());
    return this;
  }

  PcapngBlock u64(long value) {
    body.writeBytes(ByteBuffer.allocate(8).order(BYTE_ORDER).putLong(value).array());
    return this;
  }

  PcapngBlock padded(Octets octets) {
    body.writeBytes(octets.toArray());
    body.writeBytes(new byte[-octets.size() & 3]);
    return this;
  }

  PcapngBlock option(int code, Octets value) {
    return u16(code).u16(value.size()).padded(value);
  }

  byte[] toByteArray() {
    int length = body.size() + 12;
    return ByteBuffer.allocate(length)
        .order(BYTE_ORDER)
        .putInt(type)
        .putInt(length)
        .put(body.toByteArray())
        .putInt(length)
        .array();
  }
}
