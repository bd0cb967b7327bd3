/** HTTP/1.1 on hosts of the lab, with Netty's codec over the in-memory TCP. */
package vpnlab.network.http;
