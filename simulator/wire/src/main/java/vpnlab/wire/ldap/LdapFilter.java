package vpnlab.wire.ldap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;

/** What entries a search is for (RFC 4511 section 4.5.1.7; in writing: RFC 4515). */
public sealed interface LdapFilter {
  record And(List<LdapFilter> all) implements LdapFilter {
    public And {
      all = List.copyOf(all);
    }
  }

  record Or(List<LdapFilter> any) implements LdapFilter {
    public Or {
      any = List.copyOf(any);
    }
  }

  record Not(LdapFilter filter) implements LdapFilter {}

  /** Comparisons of a value that share one form. */
  record Compare(Comparison comparison, String attribute, Octets value) implements LdapFilter {}

  record Substrings(
      String attribute, Optional<Octets> initial, List<Octets> any, Optional<Octets> last)
      implements LdapFilter {
    public Substrings {
      any = List.copyOf(any);
      if (initial.isEmpty() && any.isEmpty() && last.isEmpty()) {
        throw new IllegalArgumentException("a substring filter needs a substring");
      }
    }
  }

  record Present(String attribute) implements LdapFilter {}

  /** At least one of rule and attribute is there. */
  record Extensible(
      Optional<String> rule, Optional<String> attribute, Octets value, boolean dnAttributes)
      implements LdapFilter {}

  /** The kinds of {@link Compare}. */
  enum Comparison {
    EQUAL,
    GREATER_OR_EQUAL,
    LESS_OR_EQUAL,
    APPROXIMATE
  }

  /** {@code (attribute=text)}. */
  static LdapFilter equal(String attribute, String text) {
    return new Compare(Comparison.EQUAL, attribute, Octets.ofText(text, StandardCharsets.UTF_8));
  }
}
