package vpnlab.protocol.dhcp;

import java.time.Instant;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A lease as its holder knows it.
 *
 * @param server the server's identifier
 * @param renew T1: from then on the holder asks that server for more time
 * @param rebind T2: from then on it asks any server
 * @param expires after that the address must not be used
 */
public record DhcpLease(
    Ipv4Address address, Ipv4Address server, Instant renew, Instant rebind, Instant expires) {}
