/** A DNS server and a stub resolver. */
package vpnlab.network.dns;
