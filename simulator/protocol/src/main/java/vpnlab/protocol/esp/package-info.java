/** The Encapsulating Security Payload in tunnel mode (RFC 4303), on the keys of IKE's Child SAs. */
package vpnlab.protocol.esp;
