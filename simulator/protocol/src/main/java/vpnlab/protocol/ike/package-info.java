/**
 * Both ends of IKEv2 (RFC 7296) with fragmentation (RFC 7383) and signature authentication (RFC
 * 7427), as pure state machines.
 *
 * <p>{@link vpnlab.protocol.ike.IkeInitiator} is one connection, {@link
 * vpnlab.protocol.ike.IkeResponder} any number of them. What they have in common is in three
 * layers: {@link vpnlab.protocol.ike.IkeNode} knows SAs by their SPIs, {@link
 * vpnlab.protocol.ike.IkeSa} numbers, protects, repeats and answers the messages of one of them,
 * and its {@link vpnlab.protocol.ike.SaState} knows what they mean. The owner hears {@link
 * vpnlab.protocol.ike.IkeEvent}s and gives {@link vpnlab.protocol.ike.IkeCommand}s; EAP methods,
 * addresses and the judgement of certificates are the owner's.
 */
package vpnlab.protocol.ike;
