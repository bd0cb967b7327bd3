package vpnlab.wire.ip;

/** A block of IPv4 addresses in CIDR notation (RFC 4632 section 3.1). */
public record Ipv4Network(Ipv4Address prefix, int length) {
  public static final Ipv4Network ANY = new Ipv4Network(Ipv4Address.ANY, 0);

  public Ipv4Network {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("prefix length " + length + " is not in 0..32");
    }
    if ((prefix.bits() & ~mask(length)) != 0) {
      throw new IllegalArgumentException(prefix + "/" + length + " has bits set behind its prefix");
    }
  }

  /**
   * Parses {@code 10.0.0.0/8}, a single address, or {@code any}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Ipv4Network parse(String text) {
    if (text.equals("any")) {
      return ANY;
    }
    int slash = text.indexOf('/');
    if (slash < 0) {
      return of(Ipv4Address.parse(text));
    }
    String length = text.substring(slash + 1);
    if (!length.matches("\\d{1,2}")) {
      throw new IllegalArgumentException("\"" + text + "\" is not a CIDR block");
    }
    return new Ipv4Network(Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(length));
  }

  /** The block that holds one address only. */
  public static Ipv4Network of(Ipv4Address address) {
    return new Ipv4Network(address, 32);
  }

  public boolean contains(Ipv4Address address) {
    return (address.bits() & mask(length)) == prefix.bits();
  }

  private static int mask(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }

  @Override
  public String toString() {
    return prefix + "/" + length;
  }
}
