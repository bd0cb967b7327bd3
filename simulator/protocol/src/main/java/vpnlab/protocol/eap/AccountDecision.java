package vpnlab.protocol.eap;

import java.util.OptionalInt;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.Octets;

/** What a {@link CredentialSource} knows of an account. */
public sealed interface AccountDecision {
  /** Nobody of that name. The peer hears the same as after a wrong password. */
  record Unknown() implements AccountDecision {}

  /**
   * An account that exists.
   *
   * @param ntPasswordHash 16 octets
   * @param refusal an MS-CHAPv2 error (RFC 2759, section 6) for the account's state, e.g. 647
   *     disabled; it is told only to a peer that has proven the password
   */
  record Known(Octets ntPasswordHash, OptionalInt refusal) implements AccountDecision {
    public Known {
      if (ntPasswordHash.size() != 16) {
        throw new IllegalArgumentException("NT hash of " + ntPasswordHash.size() + " octets");
      }
    }

    @Override
    public String toString() {
      return "Known[refusal=" + refusal + "]";
    }
  }

  /** An account that may log on. */
  static AccountDecision ofPassword(String password) {
    return new Known(MsChapV2.ntPasswordHash(password), OptionalInt.empty());
  }

  /** An account whose state forbids to log on. */
  static AccountDecision refused(String password, int msChapError) {
    return new Known(MsChapV2.ntPasswordHash(password), OptionalInt.of(msChapError));
  }
}
