package vpnlab.protocol.eap;

import java.util.List;

/**
 * What an authenticator allows.
 *
 * @param methods in the order in which they are proposed; the peer's Nak may pick another of them
 */
public record EapAuthenticatorConfig(List<EapAuthenticatorMethod> methods) {
  public EapAuthenticatorConfig {
    methods = List.copyOf(methods);
  }
}
