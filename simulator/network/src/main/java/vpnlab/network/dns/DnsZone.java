package vpnlab.network.dns;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vpnlab.wire.ip.Ipv4Address;

/**
 * What a DNS server knows.
 *
 * @param addresses host names without trailing dot, in any case, and their A records
 * @param silent it hears queries and answers none
 */
public record DnsZone(Map<String, List<Ipv4Address>> addresses, boolean silent) {
  public DnsZone {
    Map<String, List<Ipv4Address>> normal = new TreeMap<>();
    addresses.forEach((name, list) -> normal.put(normalized(name), List.copyOf(list)));
    addresses = Map.copyOf(normal);
  }

  public static DnsZone of(Map<String, List<Ipv4Address>> addresses) {
    return new DnsZone(addresses, false);
  }

  /** Empty when there is no such name. */
  Optional<List<Ipv4Address>> lookup(String name) {
    return Optional.ofNullable(addresses.get(normalized(name)));
  }

  static String normalized(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
