package vpnlab.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds octets eight at a time. Of a word in little-endian order the lowest octet whose test came
 * out positive is exact; those above it may be wrong, and nobody looks at them.
 */
final class OctetSearch {
  /** How many octets behind the last one that counts must be there to be read. */
  static final int SLACK = 8;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long COMMAS = ONES * ',';
  private static final long QUOTES = ONES * '"';
  private static final long DELETES = ONES * 0x7f;
  private static final long BLANKS = ONES * ' ';

  private OctetSearch() {}

  /** The index of the next line feed before {@code end}, or {@code end}. */
  static int lineFeed(byte[] buffer, int from, int end) {
    for (int at = from; at < end; at += 8) {
      long found = zeros((long) WORD.get(buffer, at) ^ LINE_FEEDS);
      if (found != 0) {
        return Math.min(end, at + (Long.numberOfTrailingZeros(found) >>> 3));
      }
    }
    return end;
  }

  /** The index of the next double quote or control character before {@code end}, or {@code end}. */
  static int quoteOrControl(byte[] buffer, int from, int end) {
    for (int at = from; at < end; at += 8) {
      long word = (long) WORD.get(buffer, at);
      long below = word - BLANKS & ~word & HIGH;
      long found = zeros(word ^ QUOTES) | zeros(word ^ DELETES) | below;
      if (found != 0) {
        return Math.min(end, at + (Long.numberOfTrailingZeros(found) >>> 3));
      }
    }
    return end;
  }

  /** How many commas there are from {@code from} on, up to {@code end}. */
  static int commas(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end) {
      long others = (long) WORD.get(buffer, at) ^ COMMAS;
      if (others != 0) {
        return Math.min(end, at + (Long.numberOfTrailingZeros(others) >>> 3)) - from;
      }
      at += 8;
    }
    return end - from;
  }

  /** The highest bit of every octet that is zero. */
  private static long zeros(long word) {
    return word - ONES & ~word & HIGH;
  }
}
