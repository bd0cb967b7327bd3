package vpnlab.lab.spec;

import vpnlab.wire.ip.Ipv4Address;

/** A range of IPv4 addresses, both ends included. */
public record AddressRange(Ipv4Address first, Ipv4Address last) {
  /** Reads {@code 10.8.0.10-10.8.0.250}, or a single address. */
  public static AddressRange parse(String text) {
    String[] ends = text.split("-", 2);
    AddressRange range =
        new AddressRange(
            Ipv4Address.parse(ends[0].strip()), Ipv4Address.parse(ends[ends.length - 1].strip()));
    if (Integer.compareUnsigned(range.first.bits(), range.last.bits()) > 0) {
      throw new IllegalArgumentException("the range ends before it begins");
    }
    return range;
  }
}
