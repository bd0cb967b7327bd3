package vpnlab.interop;

/** IPv4 addresses from one to another, both included. */
record AddressRange(long first, long last) {
  /** Reads {@code 10.8.0.0/24} or {@code 10.8.0.10-10.8.0.250}. */
  static AddressRange of(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      long size = 1L << (32 - Integer.parseInt(text.substring(slash + 1)));
      long first = number(text.substring(0, slash)) / size * size;
      return new AddressRange(first, first + size - 1);
    }
    int dash = text.indexOf('-');
    if (dash < 0) {
      return new AddressRange(number(text), number(text));
    }
    return new AddressRange(number(text.substring(0, dash)), number(text.substring(dash + 1)));
  }

  boolean contains(String address) {
    long number = number(address);
    return first <= number && number <= last;
  }

  private static long number(String address) {
    long number = 0;
    String[] octets = address.strip().split("\\.", -1);
    if (octets.length != 4) {
      throw new IllegalArgumentException("no IPv4 address: " + address);
    }
    for (String octet : octets) {
      number = number << 8 | Integer.parseInt(octet);
    }
    return number;
  }
}
