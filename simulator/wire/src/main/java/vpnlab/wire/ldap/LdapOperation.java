package vpnlab.wire.ldap;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;

/** What an LDAP message asks or answers (protocolOp, RFC 4511 section 4.1.1). */
public sealed interface LdapOperation {
  /**
   * @param name a distinguished name; Active Directory also takes a UPN or {@code DOMAIN\name}
   */
  record BindRequest(int version, String name, BindCredentials credentials)
      implements LdapOperation {}

  record BindResponse(LdapResult result, Optional<Octets> serverSaslCredentials)
      implements LdapOperation {}

  record UnbindRequest() implements LdapOperation {}

  /**
   * @param sizeLimit of entries; 0 for none
   * @param timeLimit in seconds; 0 for none
   * @param attributes wanted; empty or {@code *} for all, {@code 1.1} for none
   */
  record SearchRequest(
      String baseDn,
      SearchScope scope,
      DerefAliases derefAliases,
      int sizeLimit,
      int timeLimit,
      boolean typesOnly,
      LdapFilter filter,
      List<String> attributes)
      implements LdapOperation {
    public SearchRequest {
      attributes = List.copyOf(attributes);
    }
  }

  record SearchResultEntry(String dn, List<LdapAttribute> attributes) implements LdapOperation {
    public SearchResultEntry {
      attributes = List.copyOf(attributes);
    }
  }

  record SearchResultReference(List<String> uris) implements LdapOperation {
    public SearchResultReference {
      uris = List.copyOf(uris);
    }
  }

  record SearchResultDone(LdapResult result) implements LdapOperation {}

  record AbandonRequest(int messageId) implements LdapOperation {}

  record ExtendedRequest(String oid, Optional<Octets> value) implements LdapOperation {}

  record ExtendedResponse(LdapResult result, Optional<String> oid, Optional<Octets> value)
      implements LdapOperation {}

  /**
   * An operation that is carried as it came: Modify, Add, Delete, Modify DN, Compare, Intermediate
   * and what may yet be defined.
   *
   * @param tag the identifier octet
   */
  record Other(int tag, Octets content) implements LdapOperation {
    public Other {
      if (OperationCodec.isKnown(tag) || tag >>> 6 != 1 || (tag & 0x1f) == 0x1f) {
        throw new IllegalArgumentException("the tag " + tag + " has a meaning of its own");
      }
    }

    /** An answer that is an LDAPResult and nothing more, such as a ModifyResponse. */
    public static Other ofResult(int tag, LdapResult result) {
      return new Other(tag, result.write().as(tag).content());
    }
  }

  /** How far below the base a search looks; the ordinals are those of RFC 4511. */
  enum SearchScope {
    BASE_OBJECT,
    SINGLE_LEVEL,
    WHOLE_SUBTREE
  }

  /** When aliases are followed; the ordinals are those of RFC 4511. */
  enum DerefAliases {
    NEVER,
    IN_SEARCHING,
    FINDING_BASE,
    ALWAYS
  }
}
