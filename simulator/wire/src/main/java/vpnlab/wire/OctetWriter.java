package vpnlab.wire;

import java.io.ByteArrayOutputStream;

/** Writes numbers (network byte order) and octet strings. A number that does not fit is a bug. */
public final class OctetWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public OctetWriter u8(int value) {
    range(value, 0xff);
    out.write(value);
    return this;
  }

  public OctetWriter u16(int value) {
    range(value, 0xffff);
    out.write(value >>> 8);
    out.write(value);
    return this;
  }

  public OctetWriter u24(int value) {
    range(value, 0xffffff);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
    return this;
  }

  public OctetWriter u32(long value) {
    range(value, 0xffffffffL);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  public OctetWriter u64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  public OctetWriter octets(Octets octets) {
    out.writeBytes(octets.toArray());
    return this;
  }

  public OctetWriter zeros(int count) {
    out.writeBytes(new byte[count]);
    return this;
  }

  public int size() {
    return out.size();
  }

  public Octets toOctets() {
    return Octets.of(out.toByteArray());
  }

  private static void range(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " does not fit into 0.." + max);
    }
  }
}
