/**
 * Both ends of EAP (RFC 3748) with EAP-MSCHAPv2, EAP-TLS and PEAP, as pure state machines: one
 * packet in, one result out. What carries the packets (IKE_AUTH, RADIUS, PPP) is the caller's
 * affair.
 */
package vpnlab.protocol.eap;
