/** EAP packets (RFC 3748), EAP-MSCHAPv2 and EAP-TLS payloads as octets and records. */
package vpnlab.wire.eap;
