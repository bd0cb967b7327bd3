package vpnlab.wire.ldap;

import java.util.Optional;
import vpnlab.wire.Octets;

/** How a client wants to prove who it is (AuthenticationChoice, RFC 4511 section 4.2). */
public sealed interface BindCredentials {
  /** A password as it is; empty with an empty name for an anonymous client (RFC 4513 5.1.1). */
  record Simple(Octets password) implements BindCredentials {
    @Override
    public String toString() {
      return "Simple[" + password.size() + " octets]";
    }
  }

  record Sasl(String mechanism, Optional<Octets> credentials) implements BindCredentials {}

  /**
   * A choice that RFC 4511 leaves to others, such as MS-ADTS's Sicily (section 5.1.1.1.3).
   *
   * @param tag the identifier octet
   */
  record Other(int tag, Octets content) implements BindCredentials {
    public Other {
      if (tag == 0x80 || tag == 0xa3 || tag >>> 6 != 2 || (tag & 0x1f) == 0x1f) {
        throw new IllegalArgumentException("the tag " + tag + " has a meaning of its own");
      }
    }
  }
}
