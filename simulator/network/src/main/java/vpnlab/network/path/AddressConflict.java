package vpnlab.network.path;

import java.net.InetAddress;
import vpnlab.wire.Octets;

/**
 * Somebody else on a segment claims an address of this host's (RFC 5227 section 2.4).
 *
 * @param hardware the hardware address of the other, 6 octets
 */
public record AddressConflict(InetAddress address, Octets hardware) {}
