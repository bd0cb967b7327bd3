package vpnlab.lab.servers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.lab.directory.Directory.Restriction;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.protocol.radius.MsChapGrant;
import vpnlab.protocol.radius.UserCredentials;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;

/**
 * Checks what an Access-Request without EAP proves: PAP, CHAP, MS-CHAP and MS-CHAPv2 in one packet.
 * NPS does so before it looks at network policies.
 */
final class PlainLogon {
  private static final int AUTHENTICATION_FAILURE = 691;

  private final AccessRequest request;
  private final Accounts accounts;
  private final Instant now;

  PlainLogon(AccessRequest request, Accounts accounts, Instant now) {
    this.request = request;
    this.accounts = accounts;
    this.now = now;
  }

  /** What stands against the user, as far as credentials and account go. */
  Optional<Restriction> objection() {
    String user = request.user();
    UserCredentials credentials = request.credentials().orElseThrow();
    Optional<Octets> hash = accounts.ntPasswordHash(user);
    if (hash.isEmpty()) {
      return Optional.of(accounts.unknown(user));
    }
    if (credentials instanceof UserCredentials.None) {
      // Nothing to check: whether that is enough is the network policy's decision.
      return accounts.restriction(user, now);
    }
    if (credentials instanceof UserCredentials.MsChap old && old.lanManagerOnly()) {
      return wrong(20, "LAN Manager authentication is not allowed.");
    }
    if (credentials instanceof UserCredentials.Chap chap) {
      Optional<String> password = accounts.reversiblePassword(user);
      if (password.isEmpty()) {
        return wrong(19, "The account stores no reversibly encrypted password, which CHAP needs.");
      }
      return chap.matches(password.get()) ? accounts.restriction(user, now) : wrongPassword();
    }
    return matches(credentials, user, hash.get())
        ? accounts.restriction(user, now)
        : wrongPassword();
  }

  private static boolean matches(UserCredentials credentials, String user, Octets hash) {
    if (credentials instanceof UserCredentials.Pap pap) {
      String password = pap.password().toText(StandardCharsets.UTF_8);
      return MsChapV2.ntPasswordHash(password).equalsInConstantTime(hash);
    } else if (credentials instanceof UserCredentials.MsChap msChap) {
      return msChap.matches(hash);
    }
    return credentials instanceof UserCredentials.MsChap2 msChap2 && msChap2.matches(user, hash);
  }

  private static Optional<Restriction> wrongPassword() {
    return wrong(16, "The user name or password is wrong.");
  }

  private static Optional<Restriction> wrong(int reasonCode, String reason) {
    return Optional.of(new Restriction(reasonCode, reason, AUTHENTICATION_FAILURE));
  }

  /** What the Access-Accept adds to the policy's attributes. */
  List<RadiusAttribute> proof(String domain) {
    List<RadiusAttribute> attributes = new ArrayList<>(grant().attributes());
    if (request.credentials().orElseThrow() instanceof UserCredentials.MsChap2 msChap2) {
      attributes.add(GrantedAttributes.domain(msChap2.response().identifier(), domain));
    } else if (request.credentials().orElseThrow() instanceof UserCredentials.MsChap msChap) {
      attributes.add(GrantedAttributes.domain(msChap.response().identifier(), domain));
    }
    return attributes;
  }

  /** Keys for MPPE; only MS-CHAPv2 leaves them in this form. */
  Optional<EapKeys> keys() {
    return grant().keys();
  }

  private MsChapGrant grant() {
    UserCredentials credentials = request.credentials().orElseThrow();
    Optional<Octets> hash = accounts.ntPasswordHash(request.user());
    if (hash.isPresent() && credentials instanceof UserCredentials.MsChap2 msChap2) {
      return MsChapGrant.of(msChap2, request.user(), hash.get());
    } else if (hash.isPresent() && credentials instanceof UserCredentials.MsChap) {
      return MsChapGrant.of(request.packet(), request.received().client().secret(), hash.get());
    }
    return new MsChapGrant(List.of(), Optional.empty());
  }
}
