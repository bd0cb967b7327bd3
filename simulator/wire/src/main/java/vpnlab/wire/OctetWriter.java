package vpnlab.wire;

import java.util.Arrays;

/** Writes numbers (network byte order) and octet strings. A number that does not fit is a bug. */
public final class OctetWriter {
  private byte[] out = new byte[64];
  private int size;

  public OctetWriter u8(int value) {
    range(value, 0xff);
    put(value);
    return this;
  }

  public OctetWriter u16(int value) {
    range(value, 0xffff);
    put(value >>> 8);
    put(value);
    return this;
  }

  public OctetWriter u24(int value) {
    range(value, 0xffffff);
    put(value >>> 16);
    put(value >>> 8);
    put(value);
    return this;
  }

  public OctetWriter u32(long value) {
    range(value, 0xffffffffL);
    for (int shift = 24; shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
    return this;
  }

  public OctetWriter u64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
    return this;
  }

  public OctetWriter octets(Octets octets) {
    reserve(octets.size());
    octets.copyTo(out, size);
    size += octets.size();
    return this;
  }

  public OctetWriter zeros(int count) {
    reserve(count);
    size += count;
    return this;
  }

  public int size() {
    return size;
  }

  public Octets toOctets() {
    return Octets.of(out, 0, size);
  }

  private void put(int octet) {
    reserve(1);
    out[size++] = (byte) octet;
  }

  private void reserve(int more) {
    if (more > out.length - size) {
      out = Arrays.copyOf(out, Math.max(Math.addExact(size, more), 2 * out.length));
    }
  }

  private static void range(long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + " does not fit into 0.." + max);
    }
  }
}
