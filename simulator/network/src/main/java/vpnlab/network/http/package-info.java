/** HTTP/1.1 (RFC 9112) over a lab's TCP, plain or in TLS, by Netty's codec. */
package vpnlab.network.http;
