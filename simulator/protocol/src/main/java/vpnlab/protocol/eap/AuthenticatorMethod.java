package vpnlab.protocol.eap;

import java.time.Instant;
import java.util.Optional;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapType;

/** A method's run on the authenticator's side. */
sealed interface AuthenticatorMethod
    permits MsChapV2AuthenticatorMethod, EapTlsAuthenticatorMethod, PeapAuthenticatorMethod {
  static AuthenticatorMethod start(
      EapAuthenticatorMethod config, String identity, RandomSource random) {
    if (config instanceof EapAuthenticatorMethod.Peap peap) {
      return new PeapAuthenticatorMethod(peap, random);
    }
    return config instanceof EapAuthenticatorMethod.Tls tls
        ? new EapTlsAuthenticatorMethod(tls, identity, random)
        : new MsChapV2AuthenticatorMethod((EapAuthenticatorMethod.MsChapV2) config, random);
  }

  EapType type();

  /** The type data of the first Request. */
  Octets begin(int identifier);

  /**
   * Takes the type data of a Response.
   *
   * @param now by the authenticator's clock
   * @param nextIdentifier what the next Request will carry
   */
  AuthenticatorStep handle(Instant now, Octets data, int nextIdentifier);

  /** Why the method cannot end in success any more. */
  Optional<EapAuthenticatorFailure> failure();

  /** The method inside this one. */
  default Optional<EapType> innerType() {
    return Optional.empty();
  }

  /** Whether a TLS session was resumed. */
  default boolean isResumed() {
    return false;
  }
}
