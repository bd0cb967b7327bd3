package vpnlab.protocol.dhcp;

import java.time.Duration;
import java.util.List;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;

/**
 * What a server may lease on one network.
 *
 * @param network the network that the addresses belong to; its mask goes to clients
 * @param first the lowest address that is leased
 * @param last the highest one
 * @param exclusions addresses between them that are not leased
 * @param lease for how long, at least one second
 * @param routers default gateways, none to send no such option
 * @param nameServers none to send no such option
 * @param domain empty to send no such option
 */
public record DhcpScope(
    String name,
    Ipv4Network network,
    Ipv4Address first,
    Ipv4Address last,
    List<Exclusion> exclusions,
    Duration lease,
    List<Ipv4Address> routers,
    List<Ipv4Address> nameServers,
    String domain) {

  /** A range of addresses that is not leased; both ends belong to it. */
  public record Exclusion(Ipv4Address first, Ipv4Address last) {
    boolean contains(Ipv4Address address) {
      return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }
  }

  public DhcpScope {
    exclusions = List.copyOf(exclusions);
    routers = List.copyOf(routers);
    nameServers = List.copyOf(nameServers);
    if (!network.contains(first) || !network.contains(last) || first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "the range " + first + "-" + last + " does not lie in " + network);
    }
    if (lease.toSeconds() < 1) {
      throw new IllegalArgumentException("a lease of " + lease);
    }
  }

  /** Whether this address may be leased at all. */
  boolean offers(Ipv4Address address) {
    return first.compareTo(address) <= 0
        && address.compareTo(last) <= 0
        && exclusions.stream().noneMatch(each -> each.contains(address));
  }

  Ipv4Address mask() {
    return new Ipv4Address(network.length() == 0 ? 0 : -1 << 32 - network.length());
  }
}
