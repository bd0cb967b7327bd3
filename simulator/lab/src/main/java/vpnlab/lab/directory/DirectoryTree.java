package vpnlab.lab.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import vpnlab.wire.ldap.LdapAttribute;
import vpnlab.wire.ldap.LdapOperation.SearchRequest;
import vpnlab.wire.ldap.LdapOperation.SearchResultEntry;
import vpnlab.wire.ldap.LdapOperation.SearchScope;

/** The entries below one naming context, and what each reader may find among them. */
final class DirectoryTree {
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private final Map<String, DirectoryEntry> entries = new LinkedHashMap<>();

  void add(DirectoryEntry entry) {
    entries.put(key(entry.dn()), entry);
  }

  Optional<DirectoryEntry> find(String dn) {
    return Optional.ofNullable(entries.get(key(dn)));
  }

  Collection<DirectoryEntry> entries() {
    return entries.values();
  }

  /**
   * What {@code token} may see of the entries that match; empty when it may not even see the base.
   */
  Optional<List<SearchResultEntry>> search(AccessToken token, SearchRequest request) {
    String base = key(request.baseDn());
    if (!visible(token, base)) {
      return Optional.empty();
    }
    List<SearchResultEntry> found = new ArrayList<>();
    for (Map.Entry<String, DirectoryEntry> each : entries.entrySet()) {
      if (inScope(each.getKey(), base, request.scope())) {
        result(token, request, each.getValue()).ifPresent(found::add);
      }
    }
    return Optional.of(found);
  }

  private boolean visible(AccessToken token, String base) {
    DirectoryEntry entry = entries.get(base);
    return entry != null && !entry.readableBy(token).isEmpty();
  }

  private static boolean inScope(String dn, String base, SearchScope scope) {
    return switch (scope) {
      case BASE_OBJECT -> dn.equals(base);
      case SINGLE_LEVEL -> parent(dn).equals(base);
      case WHOLE_SUBTREE -> dn.equals(base) || dn.endsWith("," + base);
    };
  }

  private static Optional<SearchResultEntry> result(
      AccessToken token, SearchRequest request, DirectoryEntry entry) {
    FilterMatch match = new FilterMatch(name -> entry.readable(token, name));
    if (!match.matches(request.filter())) {
      return Optional.empty();
    }
    Map<String, LdapAttribute> readable = DirectoryEntry.byName(entry.readableBy(token));
    if (readable.isEmpty()) {
      return Optional.empty();
    }
    List<String> wanted =
        request.attributes().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    boolean all = wanted.isEmpty() || wanted.contains("*");
    List<LdapAttribute> given = new ArrayList<>();
    readable.forEach(
        (name, attribute) -> {
          if (all || wanted.contains(name)) {
            given.add(
                request.typesOnly() ? new LdapAttribute(attribute.type(), List.of()) : attribute);
          }
        });
    return Optional.of(new SearchResultEntry(entry.dn(), given));
  }

  /** Names here hold no escaped commas. */
  private static String parent(String dn) {
    return dn.substring(dn.indexOf(',') + 1);
  }

  private static String key(String dn) {
    return COMMA.matcher(dn.toLowerCase(Locale.ROOT)).replaceAll(",").strip();
  }
}
