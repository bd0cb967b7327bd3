/**
 * The messages of IKEv2 (RFC 7296, RFC 7383): {@link vpnlab.wire.ike.IkeDatagram} tells IKE from
 * ESP on a UDP port, {@link vpnlab.wire.ike.IkeMessage} is a message, {@link
 * vpnlab.wire.ike.Payload} has all its parts. What is inside SK and SKF stays encrypted here.
 */
package vpnlab.wire.ike;
