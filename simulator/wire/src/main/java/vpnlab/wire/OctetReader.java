package vpnlab.wire;

/**
 * Reads numbers (network byte order) and octet strings from a bounded string of octets. Every read
 * names the field, so that an error says which one was cut short.
 */
public final class OctetReader {
  private final Octets octets;
  private int position;
  private final int end;

  public OctetReader(Octets octets) {
    this(octets, 0, octets.size());
  }

  private OctetReader(Octets octets, int from, int to) {
    this.octets = octets;
    this.position = from;
    this.end = to;
  }

  /** Octets read since this reader's octet string began. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public boolean hasMore() {
    return position < end;
  }

  /** The next octet, which stays where it is; only while {@link #hasMore}. */
  public int peek() {
    return octets.at(position);
  }

  public int u8(String field) throws MalformedMessageException {
    need(1, field);
    return octets.at(position++);
  }

  public int u16(String field) throws MalformedMessageException {
    need(2, field);
    return u8(field) << 8 | u8(field);
  }

  public int u24(String field) throws MalformedMessageException {
    need(3, field);
    return u8(field) << 16 | u16(field);
  }

  /** An unsigned 32-bit number in a {@code long}. */
  public long u32(String field) throws MalformedMessageException {
    need(4, field);
    return (long) u16(field) << 16 | u16(field);
  }

  /** 64 bits; the sign bit has no meaning. */
  public long u64(String field) throws MalformedMessageException {
    need(8, field);
    return u32(field) << 32 | u32(field);
  }

  public Octets octets(int count, String field) throws MalformedMessageException {
    need(count, field);
    Octets result = octets.slice(position, position + count);
    position += count;
    return result;
  }

  /** Everything that is left. */
  public Octets rest() {
    Octets result = octets.slice(position, end);
    position = end;
    return result;
  }

  /** A reader over the next {@code count} octets; this reader continues behind them. */
  public OctetReader sub(int count, String field) throws MalformedMessageException {
    need(count, field);
    OctetReader result = new OctetReader(octets, position, position + count);
    position += count;
    return result;
  }

  /** Fails when octets are left over. */
  public void expectEnd(String field) throws MalformedMessageException {
    if (hasMore()) {
      throw new MalformedMessageException(field, "is followed by " + remaining() + " stray octets");
    }
  }

  private void need(int count, String field) throws MalformedMessageException {
    if (count < 0) {
      throw new MalformedMessageException(field, "has the negative length " + count);
    }
    if (remaining() < count) {
      throw new MalformedMessageException(
          field, "needs " + count + " octets, but " + remaining() + " are left");
    }
  }
}
