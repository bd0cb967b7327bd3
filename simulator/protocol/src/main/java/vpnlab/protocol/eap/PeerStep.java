package vpnlab.protocol.eap;

import vpnlab.wire.Octets;

/** What a method does with a Request. */
sealed interface PeerStep {
  /** Sends a Response with this type data. */
  record Respond(Octets data) implements PeerStep {}

  /** Ends the conversation without a Response. */
  record GiveUp(EapPeerFailure reason) implements PeerStep {}

  /** Discards the Request. */
  record Ignore(String why) implements PeerStep {}
}
