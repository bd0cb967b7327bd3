package vpnlab.protocol.ike;

import java.net.InetSocketAddress;

/**
 * Between which sockets messages go.
 *
 * @param marked whether they carry the non-ESP marker (RFC 3948 section 2.2)
 */
record Path(InetSocketAddress local, InetSocketAddress remote, boolean marked) {}
