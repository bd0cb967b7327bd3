package vpnlab.protocol.eap;

import vpnlab.wire.eap.EapType;

/** A method that an authenticator allows, with all it needs for that. */
public sealed interface EapAuthenticatorMethod {
  EapType type();

  /**
   * EAP-MSCHAPv2.
   *
   * @param serverName goes into the Challenge
   * @param retries how often a wrong password may be tried again (R=1); 0 ends at the first, which
   *     suits Windows clients: they dial anew to ask for another
   */
  record MsChapV2(String serverName, CredentialSource credentials, int retries)
      implements EapAuthenticatorMethod {
    public MsChapV2(String serverName, CredentialSource credentials) {
      this(serverName, credentials, 0);
    }

    @Override
    public EapType type() {
      return EapType.MSCHAPV2;
    }
  }
}
