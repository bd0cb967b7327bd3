/** IPv4 and what it carries here: UDP, TCP, ICMP; fragments. */
package vpnlab.wire.ip;
