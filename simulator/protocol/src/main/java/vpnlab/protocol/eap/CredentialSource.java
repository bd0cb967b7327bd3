package vpnlab.protocol.eap;

import java.time.Instant;

/** Knows accounts: a directory, or a list. */
@FunctionalInterface
public interface CredentialSource {
  /**
   * Asked once for every Response.
   *
   * @param now by the authenticator's clock
   * @param userName as the peer wrote it, perhaps with a domain
   */
  AccountDecision account(Instant now, String userName);
}
