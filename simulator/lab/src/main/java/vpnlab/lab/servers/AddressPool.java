package vpnlab.lab.servers;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A static pool of IPv4 addresses; the lowest free one is handed out. */
public final class AddressPool {
  private final long first;
  private final long last;
  private final Map<Long, Object> leases = new HashMap<>();

  private AddressPool(long first, long last) {
    this.first = first;
    this.last = last;
  }

  /** From {@code 10.8.0.10-10.8.0.250}, or without any address from the empty text. */
  public static AddressPool of(String range) {
    if (range.isBlank()) {
      return new AddressPool(1, 0);
    }
    String[] ends = range.split("-", 2);
    return new AddressPool(number(ends[0].strip()), number(ends[ends.length - 1].strip()));
  }

  /** Leases an address to {@code holder}; empty when none is left. */
  public Optional<Inet4Address> lease(Object holder) {
    for (long address = first; address <= last; address++) {
      if (leases.putIfAbsent(address, holder) == null) {
        return Optional.of(address(address));
      }
    }
    return Optional.empty();
  }

  /** Takes back what {@code holder} has. */
  public Optional<Inet4Address> release(Object holder) {
    for (Map.Entry<Long, Object> lease : leases.entrySet()) {
      if (lease.getValue().equals(holder)) {
        leases.remove(lease.getKey());
        return Optional.of(address(lease.getKey()));
      }
    }
    return Optional.empty();
  }

  private static long number(String address) {
    try {
      byte[] octets = InetAddress.getByName(address).getAddress();
      long number = 0;
      for (byte octet : octets) {
        number = number << 8 | octet & 0xff;
      }
      return number;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is not an IPv4 address", e);
    }
  }

  private static Inet4Address address(long number) {
    byte[] octets = {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
    try {
      return (Inet4Address) InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
