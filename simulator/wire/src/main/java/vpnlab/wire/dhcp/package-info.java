/** DHCP messages (RFC 2131) and their options (RFC 2132). */
package vpnlab.wire.dhcp;
