package vpnlab.protocol.eap;

import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/** What follows from a packet that an {@link EapPeer} took. */
public sealed interface EapPeerResult {
  /** This EAP packet goes back to the authenticator. */
  record Respond(Octets response) implements EapPeerResult {}

  /** The conversation has ended well. */
  record Success(EapKeys keys, EapType method) implements EapPeerResult {}

  /** The conversation has ended badly; nothing is sent. */
  record Failure(EapPeerFailure reason) implements EapPeerResult {}

  /** The packet was discarded, as RFC 3748 asks for in many places; the conversation goes on. */
  record Ignored(String why) implements EapPeerResult {}
}
