/**
 * DHCP (RFC 2131): a server, and a client that leases addresses for others, as a remote access
 * server does. Both are {@link vpnlab.protocol.Endpoint}s.
 */
package vpnlab.protocol.dhcp;
