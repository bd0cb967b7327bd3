package vpnlab.lab.spec;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.ip.Ipv4Address;

/** A range of IPv4 addresses, both ends included. */
public record AddressRange(Ipv4Address first, Ipv4Address last) {
  /**
   * Reads {@code 10.8.0.10-10.8.0.250}, {@code 10.8.0.0/24} (without the network's own and the
   * broadcast address) or a single address.
   */
  public static AddressRange parse(String text) {
    if (text.contains("/")) {
      return ofNetwork(text);
    }
    String[] ends = text.split("-", 2);
    AddressRange range =
        new AddressRange(
            Ipv4Address.parse(ends[0].strip()), Ipv4Address.parse(ends[ends.length - 1].strip()));
    if (Integer.compareUnsigned(range.first.bits(), range.last.bits()) > 0) {
      throw new IllegalArgumentException("the range ends before it begins");
    }
    return range;
  }

  /** Reads ranges that are separated by commas and do not overlap. */
  public static List<AddressRange> parseAll(String text) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      AddressRange range = parse(part.strip());
      for (AddressRange earlier : ranges) {
        if (range.overlaps(earlier)) {
          throw new IllegalArgumentException(
              "its ranges "
                  + earlier
                  + " and "
                  + range
                  + " overlap, both hold "
                  + range.common(earlier));
        }
      }
      ranges.add(range);
    }
    return ranges;
  }

  private static AddressRange ofNetwork(String cidr) {
    String[] parts = cidr.split("/", 2);
    if (!parts[1].matches("\\d{1,2}") || Integer.parseInt(parts[1]) > 32) {
      throw new IllegalArgumentException("the prefix length is not a number from 0 to 32");
    }
    int length = Integer.parseInt(parts[1]);
    int mask = length == 0 ? 0 : -1 << 32 - length;
    int first = Ipv4Address.parse(parts[0]).bits() & mask;
    int last = first | ~mask;
    return length >= 31
        ? new AddressRange(new Ipv4Address(first), new Ipv4Address(last))
        : new AddressRange(new Ipv4Address(first + 1), new Ipv4Address(last - 1));
  }

  public boolean contains(Ipv4Address address) {
    return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
  }

  public boolean overlaps(AddressRange other) {
    return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
  }

  /** The addresses of both; only for ranges that overlap. */
  private AddressRange common(AddressRange other) {
    return new AddressRange(
        first.compareTo(other.first) > 0 ? first : other.first,
        last.compareTo(other.last) < 0 ? last : other.last);
  }

  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + "-" + last;
  }

  /** The smallest network in CIDR notation that holds the range. */
  public String cidr() {
    int length = 32;
    while (length > 0 && (first.bits() & mask(length)) != (last.bits() & mask(length))) {
      length--;
    }
    return new Ipv4Address(first.bits() & mask(length)) + "/" + length;
  }

  private static int mask(int length) {
    return length == 0 ? 0 : -1 << 32 - length;
  }
}
