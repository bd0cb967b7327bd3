package vpnlab.lab.directory;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapAttribute;
import vpnlab.wire.ldap.LdapFilter;

/**
 * Whether what a reader may see of an entry matches a filter (RFC 4511 section 4.5.1.7). Text is
 * compared without regard to case; what cannot be compared is undefined, which is empty here.
 */
final class FilterMatch {
  private final Function<String, Optional<LdapAttribute>> attributes;

  /**
   * @param attributes finds those that the reader may see, by their names in lower case
   */
  FilterMatch(Function<String, Optional<LdapAttribute>> attributes) {
    this.attributes = attributes;
  }

  boolean matches(LdapFilter filter) {
    return test(filter).orElse(false);
  }

  private Optional<Boolean> test(LdapFilter filter) {
    if (filter instanceof LdapFilter.And and) {
      return all(and.all(), true);
    } else if (filter instanceof LdapFilter.Or or) {
      return all(or.any(), false);
    } else if (filter instanceof LdapFilter.Not not) {
      return test(not.filter()).map(value -> !value);
    } else if (filter instanceof LdapFilter.Present present) {
      return Optional.of(find(present.attribute()).isPresent());
    } else if (filter instanceof LdapFilter.Compare compare) {
      return find(compare.attribute())
          .map(found -> found.values().stream().anyMatch(value -> holds(compare, value)));
    } else if (filter instanceof LdapFilter.Substrings substrings) {
      return find(substrings.attribute())
          .map(found -> found.values().stream().anyMatch(value -> holds(substrings, value)));
    }
    return Optional.empty();
  }

  /** And and Or: one that is {@code !all} decides, else an undefined one makes all undefined. */
  private Optional<Boolean> all(List<LdapFilter> filters, boolean all) {
    boolean undefined = false;
    for (LdapFilter each : filters) {
      Optional<Boolean> value = test(each);
      if (value.isPresent() && value.get() != all) {
        return Optional.of(!all);
      }
      undefined |= value.isEmpty();
    }
    return undefined ? Optional.empty() : Optional.of(all);
  }

  private Optional<LdapAttribute> find(String name) {
    return attributes.apply(name.toLowerCase(Locale.ROOT));
  }

  private static boolean holds(LdapFilter.Compare compare, Octets value) {
    return switch (compare.comparison()) {
      case EQUAL, APPROXIMATE ->
          value.equals(compare.value())
              || (value.size() == compare.value().size()
                      || !isAscii(value)
                      || !isAscii(compare.value()))
                  && text(value).equals(text(compare.value()));
      case GREATER_OR_EQUAL -> order(value, compare.value()) >= 0;
      case LESS_OR_EQUAL -> order(value, compare.value()) <= 0;
    };
  }

  /** Numbers by their value, other text by the alphabet. */
  private static int order(Octets left, Octets right) {
    try {
      return new BigInteger(text(left)).compareTo(new BigInteger(text(right)));
    } catch (NumberFormatException e) {
      return text(left).compareTo(text(right));
    }
  }

  private static boolean holds(LdapFilter.Substrings substrings, Octets value) {
    String text = text(value);
    int at = 0;
    if (substrings.initial().isPresent()) {
      String initial = text(substrings.initial().get());
      if (!text.startsWith(initial)) {
        return false;
      }
      at = initial.length();
    }
    for (Octets any : substrings.any()) {
      int found = text.indexOf(text(any), at);
      if (found < 0) {
        return false;
      }
      at = found + text(any).length();
    }
    if (substrings.last().isEmpty()) {
      return true;
    }
    String last = text(substrings.last().get());
    return text.length() - at >= last.length() && text.endsWith(last);
  }

  /** Whether upper and lower case have the same size. */
  private static boolean isAscii(Octets octets) {
    for (int i = 0; i < octets.size(); i++) {
      if (octets.at(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String text(Octets octets) {
    return octets.toText(StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
  }
}
