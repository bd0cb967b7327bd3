package vpnlab.wire;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of octets. Records carry this instead of {@code byte[]}, whose equality is
 * identity.
 */
public final class Octets implements Comparable<Octets> {
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}. */
  public static Octets of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
  }

  /** Copies {@code length} octets of {@code bytes} from {@code offset}. */
  public static Octets of(byte[] bytes, int offset, int length) {
    return length == 0 ? EMPTY : new Octets(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** Parses hexadecimal digits; white space, colons and underscores between octets are ignored. */
  public static Octets ofHex(String hex) {
    return new Octets(HexFormat.of().parseHex(hex.replaceAll("[\\s:_]", "")));
  }

  public static Octets ofText(String text, Charset charset) {
    return new Octets(text.getBytes(charset));
  }

  /** {@code count} octets of zero. */
  public static Octets zeros(int count) {
    return count == 0 ? EMPTY : new Octets(new byte[count]);
  }

  public static Octets concat(Octets... parts) {
    int size = 0;
    for (Octets part : parts) {
      size += part.size();
    }
    byte[] all = new byte[size];
    int at = 0;
    for (Octets part : parts) {
      System.arraycopy(part.bytes, 0, all, at, part.size());
      at += part.size();
    }
    return new Octets(all);
  }

  public int size() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The octet at {@code index} as a number from 0 to 255. */
  public int at(int index) {
    return bytes[index] & 0xff;
  }

  /** Octets from {@code from} (inclusive) to {@code to} (exclusive). */
  public Octets slice(int from, int to) {
    if (from < 0 || to > bytes.length || from > to) {
      throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + bytes.length);
    }
    return from == to ? EMPTY : new Octets(Arrays.copyOfRange(bytes, from, to));
  }

  /** Octets from {@code from} to the end. */
  public Octets from(int from) {
    return slice(from, bytes.length);
  }

  public boolean startsWith(Octets prefix) {
    int size = prefix.size();
    return size() >= size && Arrays.equals(bytes, 0, size, prefix.bytes, 0, size);
  }

  /** Copies all octets to {@code target} from {@code at}. */
  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /** A copy that the caller may change. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** Lower-case hexadecimal without separators. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  public String toText(Charset charset) {
    return new String(bytes, charset);
  }

  /** Compares without telling by its duration where two secrets differ. */
  public boolean equalsInConstantTime(Octets other) {
    return java.security.MessageDigest.isEqual(bytes, other.bytes);
  }

  @Override
  public int compareTo(Octets other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** At most 16 octets in hexadecimal, then the size. */
  @Override
  public String toString() {
    return bytes.length <= 16
        ? "0x" + toHex()
        : "0x" + slice(0, 16).toHex() + "...(" + bytes.length + " octets)";
  }
}
