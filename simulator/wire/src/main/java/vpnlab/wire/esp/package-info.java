/** IP Encapsulating Security Payload (RFC 4303). */
package vpnlab.wire.esp;
