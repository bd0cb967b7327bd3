package vpnlab.wire.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapOperation.AbandonRequest;
import vpnlab.wire.ldap.LdapOperation.BindRequest;
import vpnlab.wire.ldap.LdapOperation.BindResponse;
import vpnlab.wire.ldap.LdapOperation.DerefAliases;
import vpnlab.wire.ldap.LdapOperation.ExtendedRequest;
import vpnlab.wire.ldap.LdapOperation.ExtendedResponse;
import vpnlab.wire.ldap.LdapOperation.Other;
import vpnlab.wire.ldap.LdapOperation.SearchRequest;
import vpnlab.wire.ldap.LdapOperation.SearchResultDone;
import vpnlab.wire.ldap.LdapOperation.SearchResultEntry;
import vpnlab.wire.ldap.LdapOperation.SearchResultReference;
import vpnlab.wire.ldap.LdapOperation.SearchScope;
import vpnlab.wire.ldap.LdapOperation.UnbindRequest;

/** Operations as octets (RFC 4511 appendix B). Trailing unknown components are ignored (4). */
final class OperationCodec {
  private static final int BIND_REQUEST = 0x60;
  private static final int BIND_RESPONSE = 0x61;
  private static final int UNBIND_REQUEST = 0x42;
  private static final int SEARCH_REQUEST = 0x63;
  private static final int SEARCH_RESULT_ENTRY = 0x64;
  private static final int SEARCH_RESULT_DONE = 0x65;
  private static final int SEARCH_RESULT_REFERENCE = 0x73;
  private static final int ABANDON_REQUEST = 0x50;
  private static final int EXTENDED_REQUEST = 0x77;
  private static final int EXTENDED_RESPONSE = 0x78;
  private static final Set<Integer> KNOWN =
      Set.of(
          BIND_REQUEST,
          BIND_RESPONSE,
          UNBIND_REQUEST,
          SEARCH_REQUEST,
          SEARCH_RESULT_ENTRY,
          SEARCH_RESULT_DONE,
          SEARCH_RESULT_REFERENCE,
          ABANDON_REQUEST,
          EXTENDED_REQUEST,
          EXTENDED_RESPONSE);
  private static final int SIMPLE = 0x80;
  private static final int SASL = 0xa3;

  private OperationCodec() {}

  static boolean isKnown(int tag) {
    return KNOWN.contains(tag);
  }

  static LdapOperation read(OctetReader reader) throws MalformedMessageException {
    BerElement element = BerElement.read(reader, "protocolOp");
    OctetReader inner = new OctetReader(element.content());
    switch (element.tag()) {
      case BIND_REQUEST:
        return bindRequest(inner);
      case BIND_RESPONSE:
        return new BindResponse(LdapResult.read(inner, "BindResponse"), optional(inner, 0x87));
      case UNBIND_REQUEST:
        inner.expectEnd("UnbindRequest");
        return new UnbindRequest();
      case SEARCH_REQUEST:
        return searchRequest(inner);
      case SEARCH_RESULT_ENTRY:
        return entry(inner);
      case SEARCH_RESULT_DONE:
        return new SearchResultDone(LdapResult.read(inner, "SearchResultDone"));
      case SEARCH_RESULT_REFERENCE:
        return reference(inner);
      case ABANDON_REQUEST:
        return new AbandonRequest(element.integer("AbandonRequest"));
      case EXTENDED_REQUEST:
        return new ExtendedRequest(
            BerElement.expect(inner, 0x80, "ExtendedRequest / requestName").text("requestName"),
            optional(inner, 0x81));
      case EXTENDED_RESPONSE:
        LdapResult result = LdapResult.read(inner, "ExtendedResponse");
        Optional<String> oid = Optional.empty();
        if (BerSequence.nextIs(inner, 0x8a)) {
          oid = Optional.of(BerElement.read(inner, "responseName").text("responseName"));
        }
        return new ExtendedResponse(result, oid, optional(inner, 0x8b));
      default:
        if (element.tag() >>> 6 != 1) {
          throw new MalformedMessageException("protocolOp", "has no application tag");
        }
        return new Other(element.tag(), element.content());
    }
  }

  private static Optional<Octets> optional(OctetReader reader, int tag)
      throws MalformedMessageException {
    return BerSequence.nextIs(reader, tag)
        ? Optional.of(BerElement.read(reader, "optional octets").content())
        : Optional.empty();
  }

  private static BindRequest bindRequest(OctetReader inner) throws MalformedMessageException {
    int version = BerElement.integer(inner, BerElement.INTEGER, "BindRequest / version");
    if (version < 1 || version > 127) {
      throw new MalformedMessageException("BindRequest / version", "is " + version);
    }
    String name = BerElement.text(inner, "BindRequest / name");
    BerElement choice = BerElement.read(inner, "BindRequest / authentication");
    if (choice.tag() == SIMPLE) {
      return new BindRequest(version, name, new BindCredentials.Simple(choice.content()));
    } else if (choice.tag() == SASL) {
      OctetReader sasl = new OctetReader(choice.content());
      String mechanism = BerElement.text(sasl, "BindRequest / sasl / mechanism");
      return new BindRequest(
          version,
          name,
          new BindCredentials.Sasl(mechanism, optional(sasl, BerElement.OCTET_STRING)));
    } else if (choice.tag() >>> 6 != 2) {
      throw new MalformedMessageException("BindRequest / authentication", "has no context tag");
    }
    return new BindRequest(
        version, name, new BindCredentials.Other(choice.tag(), choice.content()));
  }

  private static SearchRequest searchRequest(OctetReader inner) throws MalformedMessageException {
    String base = BerElement.text(inner, "SearchRequest / baseObject");
    int scope = BerElement.integer(inner, BerElement.ENUMERATED, "SearchRequest / scope");
    int deref = BerElement.integer(inner, BerElement.ENUMERATED, "SearchRequest / derefAliases");
    if (scope >= SearchScope.values().length) {
      throw new MalformedMessageException("SearchRequest / scope", "is " + scope);
    }
    if (deref >= DerefAliases.values().length) {
      throw new MalformedMessageException("SearchRequest / derefAliases", "is " + deref);
    }
    int sizeLimit = BerElement.integer(inner, BerElement.INTEGER, "SearchRequest / sizeLimit");
    int timeLimit = BerElement.integer(inner, BerElement.INTEGER, "SearchRequest / timeLimit");
    boolean typesOnly = BerElement.bool(inner, "SearchRequest / typesOnly");
    LdapFilter filter = FilterCodec.read(inner, 0);
    OctetReader wanted =
        BerElement.sequence(inner, BerElement.SEQUENCE, "SearchRequest / attributes");
    List<String> attributes = new ArrayList<>();
    while (wanted.hasMore()) {
      attributes.add(BerElement.text(wanted, "SearchRequest / attribute"));
    }
    return new SearchRequest(
        base,
        SearchScope.values()[scope],
        DerefAliases.values()[deref],
        sizeLimit,
        timeLimit,
        typesOnly,
        filter,
        attributes);
  }

  private static SearchResultEntry entry(OctetReader inner) throws MalformedMessageException {
    String dn = BerElement.text(inner, "SearchResultEntry / objectName");
    OctetReader list =
        BerElement.sequence(inner, BerElement.SEQUENCE, "SearchResultEntry / attributes");
    List<LdapAttribute> attributes = new ArrayList<>();
    while (list.hasMore()) {
      attributes.add(LdapAttribute.read(list));
    }
    return new SearchResultEntry(dn, attributes);
  }

  private static SearchResultReference reference(OctetReader inner)
      throws MalformedMessageException {
    List<String> uris = new ArrayList<>();
    while (inner.hasMore()) {
      uris.add(BerElement.text(inner, "SearchResultReference / uri"));
    }
    if (uris.isEmpty()) {
      throw new MalformedMessageException("SearchResultReference", "names no URI");
    }
    return new SearchResultReference(uris);
  }

  static BerElement write(LdapOperation operation) {
    if (operation instanceof SearchRequest search) {
      return write(search);
    } else if (operation instanceof SearchResultEntry entry) {
      BerSequence attributes = new BerSequence();
      entry.attributes().forEach(attribute -> attributes.add(attribute.write()));
      return new BerSequence()
          .text(BerElement.OCTET_STRING, entry.dn())
          .add(attributes.as(BerElement.SEQUENCE))
          .as(SEARCH_RESULT_ENTRY);
    } else if (operation instanceof SearchResultDone done) {
      return done.result().write().as(SEARCH_RESULT_DONE);
    } else if (operation instanceof SearchResultReference reference) {
      BerSequence uris = new BerSequence();
      reference.uris().forEach(uri -> uris.text(BerElement.OCTET_STRING, uri));
      return uris.as(SEARCH_RESULT_REFERENCE);
    } else if (operation instanceof BindRequest bind) {
      return new BerSequence()
          .integer(BerElement.INTEGER, bind.version())
          .text(BerElement.OCTET_STRING, bind.name())
          .add(write(bind.credentials()))
          .as(BIND_REQUEST);
    } else if (operation instanceof BindResponse response) {
      BerSequence sequence = response.result().write();
      response.serverSaslCredentials().ifPresent(octets -> sequence.octets(0x87, octets));
      return sequence.as(BIND_RESPONSE);
    } else if (operation instanceof UnbindRequest) {
      return BerElement.of(UNBIND_REQUEST, Octets.EMPTY);
    } else if (operation instanceof AbandonRequest abandon) {
      return BerElement.integer(ABANDON_REQUEST, abandon.messageId());
    } else if (operation instanceof ExtendedRequest request) {
      BerSequence sequence = new BerSequence().text(0x80, request.oid());
      request.value().ifPresent(octets -> sequence.octets(0x81, octets));
      return sequence.as(EXTENDED_REQUEST);
    } else if (operation instanceof ExtendedResponse response) {
      BerSequence sequence = response.result().write();
      response.oid().ifPresent(oid -> sequence.text(0x8a, oid));
      response.value().ifPresent(octets -> sequence.octets(0x8b, octets));
      return sequence.as(EXTENDED_RESPONSE);
    }
    Other other = (Other) operation;
    return BerElement.of(other.tag(), other.content());
  }

  private static BerElement write(SearchRequest search) {
    BerSequence attributes = new BerSequence();
    search.attributes().forEach(name -> attributes.text(BerElement.OCTET_STRING, name));
    return new BerSequence()
        .text(BerElement.OCTET_STRING, search.baseDn())
        .integer(BerElement.ENUMERATED, search.scope().ordinal())
        .integer(BerElement.ENUMERATED, search.derefAliases().ordinal())
        .integer(BerElement.INTEGER, search.sizeLimit())
        .integer(BerElement.INTEGER, search.timeLimit())
        .bool(BerElement.BOOLEAN, search.typesOnly())
        .add(FilterCodec.write(search.filter()))
        .add(attributes.as(BerElement.SEQUENCE))
        .as(SEARCH_REQUEST);
  }

  private static BerElement write(BindCredentials credentials) {
    if (credentials instanceof BindCredentials.Simple simple) {
      return BerElement.of(SIMPLE, simple.password());
    } else if (credentials instanceof BindCredentials.Sasl sasl) {
      BerSequence sequence = new BerSequence().text(BerElement.OCTET_STRING, sasl.mechanism());
      sasl.credentials().ifPresent(octets -> sequence.octets(BerElement.OCTET_STRING, octets));
      return sequence.as(SASL);
    }
    BindCredentials.Other other = (BindCredentials.Other) credentials;
    return BerElement.of(other.tag(), other.content());
  }
}
