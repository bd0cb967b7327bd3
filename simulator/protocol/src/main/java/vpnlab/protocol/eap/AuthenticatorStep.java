package vpnlab.protocol.eap;

import java.util.List;
import vpnlab.wire.Octets;

/** What a method does with a Response. */
sealed interface AuthenticatorStep {
  /** Sends another Request with this type data. */
  record Request(Octets data) implements AuthenticatorStep {}

  record Succeed(EapKeys keys, String name, List<Octets> chain) implements AuthenticatorStep {}

  record Fail(EapAuthenticatorFailure reason) implements AuthenticatorStep {}

  /** Discards the Response. */
  record Ignore(String why) implements AuthenticatorStep {}
}
