package vpnlab.wire.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapFilter.And;
import vpnlab.wire.ldap.LdapFilter.Compare;
import vpnlab.wire.ldap.LdapFilter.Comparison;
import vpnlab.wire.ldap.LdapFilter.Extensible;
import vpnlab.wire.ldap.LdapFilter.Not;
import vpnlab.wire.ldap.LdapFilter.Or;
import vpnlab.wire.ldap.LdapFilter.Present;
import vpnlab.wire.ldap.LdapFilter.Substrings;

/** Filters as octets (RFC 4511 section 4.5.1). */
final class FilterCodec {
  /** A filter nested deeper than this is an attack, not a question. */
  static final int MAX_DEPTH = 64;

  private FilterCodec() {}

  static LdapFilter read(OctetReader reader, int depth) throws MalformedMessageException {
    if (depth > MAX_DEPTH) {
      throw new MalformedMessageException("filter", "is nested deeper than " + MAX_DEPTH);
    }
    BerElement element = BerElement.read(reader, "filter");
    OctetReader inner = new OctetReader(element.content());
    LdapFilter filter =
        switch (element.tag()) {
          case 0xa0 -> new And(several(inner, depth));
          case 0xa1 -> new Or(several(inner, depth));
          case 0xa2 -> new Not(read(inner, depth + 1));
          case 0xa3 -> compare(Comparison.EQUAL, inner);
          case 0xa4 -> substrings(inner);
          case 0xa5 -> compare(Comparison.GREATER_OR_EQUAL, inner);
          case 0xa6 -> compare(Comparison.LESS_OR_EQUAL, inner);
          case 0x87 -> new Present(element.text("filter / present"));
          case 0xa8 -> compare(Comparison.APPROXIMATE, inner);
          case 0xa9 -> extensible(inner);
          default ->
              throw new MalformedMessageException(
                  "filter", String.format("has the unknown tag 0x%02x", element.tag()));
        };
    if (element.tag() != 0x87) {
      inner.expectEnd("filter");
    }
    return filter;
  }

  private static List<LdapFilter> several(OctetReader inner, int depth)
      throws MalformedMessageException {
    List<LdapFilter> filters = new ArrayList<>();
    while (inner.hasMore()) {
      filters.add(read(inner, depth + 1));
    }
    return filters;
  }

  private static LdapFilter compare(Comparison comparison, OctetReader inner)
      throws MalformedMessageException {
    return new Compare(
        comparison,
        BerElement.text(inner, "filter / attributeDesc"),
        BerElement.octets(inner, "filter / assertionValue"));
  }

  private static LdapFilter substrings(OctetReader inner) throws MalformedMessageException {
    String attribute = BerElement.text(inner, "filter / substrings / type");
    OctetReader parts = BerElement.sequence(inner, BerElement.SEQUENCE, "filter / substrings");
    Optional<Octets> initial = Optional.empty();
    List<Octets> any = new ArrayList<>();
    Optional<Octets> last = Optional.empty();
    boolean first = true;
    while (parts.hasMore()) {
      BerElement part = BerElement.read(parts, "filter / substring");
      if (last.isPresent()) {
        throw new MalformedMessageException("filter / substring", "stands behind the final one");
      }
      if (part.tag() == 0x80 && first) {
        initial = Optional.of(part.content());
      } else if (part.tag() == 0x81) {
        any.add(part.content());
      } else if (part.tag() == 0x82) {
        last = Optional.of(part.content());
      } else {
        throw new MalformedMessageException(
            "filter / substring", String.format("cannot have the tag 0x%02x here", part.tag()));
      }
      first = false;
    }
    if (first) {
      throw new MalformedMessageException("filter / substrings", "has no substring");
    }
    return new Substrings(attribute, initial, any, last);
  }

  private static LdapFilter extensible(OctetReader inner) throws MalformedMessageException {
    Optional<String> rule = Optional.empty();
    Optional<String> attribute = Optional.empty();
    if (BerSequence.nextIs(inner, 0x81)) {
      rule = Optional.of(BerElement.expect(inner, 0x81, "filter / rule").text("filter / rule"));
    }
    if (BerSequence.nextIs(inner, 0x82)) {
      attribute =
          Optional.of(BerElement.expect(inner, 0x82, "filter / type").text("filter / type"));
    }
    if (rule.isEmpty() && attribute.isEmpty()) {
      throw new MalformedMessageException("filter / extensible", "has neither rule nor type");
    }
    Octets value = BerElement.expect(inner, 0x83, "filter / matchValue").content();
    boolean dnAttributes = false;
    if (BerSequence.nextIs(inner, 0x84)) {
      dnAttributes =
          BerElement.expect(inner, 0x84, "filter / dnAttributes").bool("filter / dnAttributes");
      if (!dnAttributes) {
        throw new MalformedMessageException("filter / dnAttributes", "writes out its default");
      }
    }
    return new Extensible(rule, attribute, value, dnAttributes);
  }

  /** The element of a filter. */
  static BerElement write(LdapFilter filter) {
    if (filter instanceof And and) {
      return several(and.all(), 0xa0);
    } else if (filter instanceof Or or) {
      return several(or.any(), 0xa1);
    } else if (filter instanceof Not not) {
      return new BerSequence().add(write(not.filter())).as(0xa2);
    } else if (filter instanceof Compare compare) {
      return new BerSequence()
          .text(BerElement.OCTET_STRING, compare.attribute())
          .octets(BerElement.OCTET_STRING, compare.value())
          .as(tag(compare.comparison()));
    } else if (filter instanceof Present present) {
      return BerElement.text(0x87, present.attribute());
    } else if (filter instanceof Substrings substrings) {
      BerSequence parts = new BerSequence();
      substrings.initial().ifPresent(part -> parts.octets(0x80, part));
      substrings.any().forEach(part -> parts.octets(0x81, part));
      substrings.last().ifPresent(part -> parts.octets(0x82, part));
      return new BerSequence()
          .text(BerElement.OCTET_STRING, substrings.attribute())
          .add(parts.as(BerElement.SEQUENCE))
          .as(0xa4);
    }
    Extensible extensible = (Extensible) filter;
    BerSequence sequence = new BerSequence();
    extensible.rule().ifPresent(rule -> sequence.text(0x81, rule));
    extensible.attribute().ifPresent(attribute -> sequence.text(0x82, attribute));
    sequence.octets(0x83, extensible.value());
    if (extensible.dnAttributes()) {
      sequence.bool(0x84, true);
    }
    return sequence.as(0xa9);
  }

  private static BerElement several(List<LdapFilter> filters, int tag) {
    BerSequence sequence = new BerSequence();
    filters.forEach(filter -> sequence.add(write(filter)));
    return sequence.as(tag);
  }

  private static int tag(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> 0xa3;
      case GREATER_OR_EQUAL -> 0xa5;
      case LESS_OR_EQUAL -> 0xa6;
      case APPROXIMATE -> 0xa8;
    };
  }
}
