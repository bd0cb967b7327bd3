package vpnlab.protocol.ike;

import java.nio.charset.StandardCharsets;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.AuthMethod;
import vpnlab.wire.ike.Payload;

/** What an AUTH payload is computed over (RFC 7296 sections 2.15 and 2.16). */
final class AuthenticationOctets {
  private static final Octets KEY_PAD =
      Octets.ofText("Key Pad for IKEv2", StandardCharsets.US_ASCII);

  private AuthenticationOctets() {}

  /**
   * @param message the IKE_SA_INIT message of the end that authenticates, as it went over the wire
   *     (without a non-ESP marker)
   * @param peersNonce of the other end
   * @param p SK_pi of an initiator, SK_pr of a responder
   * @param identity its IDi or IDr payload, of which all but the generic header counts
   */
  static Octets of(Octets message, Octets peersNonce, Prf prf, Octets p, Payload identity) {
    return Octets.concat(message, peersNonce, prf.of(p, identity.body()));
  }

  /**
   * @param secret pre-shared key, or EAP's MSK, or SK_pi or SK_pr after an EAP method without one
   */
  static Payload.Authentication sharedKey(Prf prf, Octets secret, Octets signed) {
    return new Payload.Authentication(
        AuthMethod.SHARED_KEY_MESSAGE_INTEGRITY_CODE, prf.of(prf.of(secret, KEY_PAD), signed));
  }
}
