package vpnlab.wire.radius;

import vpnlab.wire.Octets;

/**
 * What packet filters look at in an IPv4 packet.
 *
 * @param source 4 octets
 * @param destination 4 octets
 * @param protocol the number in the IP header
 * @param transport the payload: it begins with the ports of TCP and UDP, or the type and code of
 *     ICMP
 */
public record FilteredPacket(Octets source, Octets destination, int protocol, Octets transport) {
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;

  /** Whether filters of one direction let it pass. */
  public boolean passes(PacketFilters.Direction direction) {
    return direction.filters().stream().anyMatch(this::matches) == direction.dropsOthers();
  }

  private boolean matches(PacketFilters.Filter filter) {
    return within(source, filter.source(), filter.sourceMask())
        && within(destination, filter.destination(), filter.destinationMask())
        && (filter.protocol() == 0 || filter.protocol() == protocol)
        && portsMatch(filter);
  }

  /** A filter that names ports is about TCP and UDP; of ICMP it names type and code. */
  private boolean portsMatch(PacketFilters.Filter filter) {
    if (filter.sourcePort() == 0 && filter.destinationPort() == 0) {
      return true;
    }
    int first;
    int second;
    if (protocol == ICMP && transport.size() >= 2) {
      first = transport.at(0);
      second = transport.at(1);
    } else if ((protocol == TCP || protocol == UDP) && transport.size() >= 4) {
      first = transport.at(0) << 8 | transport.at(1);
      second = transport.at(2) << 8 | transport.at(3);
    } else {
      return false;
    }
    return (filter.sourcePort() == 0 || filter.sourcePort() == first)
        && (filter.destinationPort() == 0 || filter.destinationPort() == second);
  }

  private static boolean within(Octets address, Octets network, Octets mask) {
    for (int i = 0; i < 4; i++) {
      if ((address.at(i) & mask.at(i)) != (network.at(i) & mask.at(i))) {
        return false;
      }
    }
    return true;
  }
}
