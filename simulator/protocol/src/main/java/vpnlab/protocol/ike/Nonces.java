package vpnlab.protocol.ike;

import vpnlab.wire.Octets;

/** The nonces of one CREATE_CHILD_SA exchange. */
record Nonces(Octets initiators, Octets responders) {
  Octets lower() {
    return initiators.compareTo(responders) <= 0 ? initiators : responders;
  }

  /**
   * Whether of two exchanges that rekeyed the same SA at the same time this one made the SA that is
   * to go: the lowest of the four nonces decides (RFC 7296 section 2.8.1).
   */
  boolean loseAgainst(Nonces other) {
    return lower().compareTo(other.lower()) < 0;
  }
}
