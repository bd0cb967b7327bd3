package vpnlab.lab.directory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vpnlab.evidence.DirectoryObject;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapAttribute;

/** An object of the directory with its attributes and its access control list. */
final class DirectoryEntry {
  /** Never given out by a grant that does not name them. */
  private static final Set<String> SECRETS = Set.of("unicodepwd", "supplementalcredentials");

  private final String dn;
  private final List<Grant> grants = new ArrayList<>();
  private final Map<String, LdapAttribute> attributes = new LinkedHashMap<>();

  DirectoryEntry(String dn) {
    this.dn = dn;
  }

  static boolean isSecret(String attribute) {
    return SECRETS.contains(attribute);
  }

  String dn() {
    return dn;
  }

  DirectoryEntry grant(Sid trustee, Set<String> names) {
    grants.add(new Grant(trustee, names));
    return this;
  }

  List<Grant> grants() {
    return grants;
  }

  DirectoryEntry set(String type, String... values) {
    return set(LdapAttribute.ofTexts(type, values));
  }

  DirectoryEntry set(LdapAttribute attribute) {
    attributes.put(attribute.type().toLowerCase(Locale.ROOT), attribute);
    return this;
  }

  DirectoryEntry add(String type, String value) {
    List<Octets> values = new ArrayList<>(values(type));
    values.add(Octets.ofText(value, StandardCharsets.UTF_8));
    return set(new LdapAttribute(type, values));
  }

  Optional<LdapAttribute> attribute(String type) {
    return Optional.ofNullable(attributes.get(type.toLowerCase(Locale.ROOT)));
  }

  List<LdapAttribute> attributes() {
    return List.copyOf(attributes.values());
  }

  List<Octets> values(String type) {
    return attribute(type).map(LdapAttribute::values).orElse(List.of());
  }

  List<String> texts(String type) {
    return attribute(type).map(LdapAttribute::texts).orElse(List.of());
  }

  boolean is(String objectClass) {
    return texts("objectClass").contains(objectClass);
  }

  /** The attributes that the token's bearer may see; an entry without any is hidden from him. */
  List<LdapAttribute> readableBy(AccessToken token) {
    List<LdapAttribute> readable = new ArrayList<>();
    for (Map.Entry<String, LdapAttribute> each : attributes.entrySet()) {
      if (lets(token, each.getKey())) {
        readable.add(each.getValue());
      }
    }
    return readable;
  }

  /**
   * An attribute as the token's bearer sees it.
   *
   * @param name in lower case
   */
  Optional<LdapAttribute> readable(AccessToken token, String name) {
    LdapAttribute there = attributes.get(name);
    return there != null && lets(token, name) ? Optional.of(there) : Optional.empty();
  }

  private boolean lets(AccessToken token, String name) {
    for (Grant grant : grants) {
      if (grant.lets(token, name)) {
        return true;
      }
    }
    return false;
  }

  static Map<String, LdapAttribute> byName(List<LdapAttribute> attributes) {
    Map<String, LdapAttribute> byName = new LinkedHashMap<>();
    attributes.forEach(each -> byName.put(each.type().toLowerCase(Locale.ROOT), each));
    return byName;
  }

  /** This entry for people: no secrets, SIDs in writing, the access control list as SDDL. */
  DirectoryObject listed() {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    attributes.forEach(
        (name, attribute) -> {
          if (name.equals("objectsid")) {
            shown.put(
                attribute.type(),
                attribute.values().stream().map(each -> Sid.decode(each).toString()).toList());
          } else if (name.equals("logonhours")) {
            shown.put(attribute.type(), attribute.values().stream().map(Octets::toHex).toList());
          } else if (!isSecret(name)) {
            shown.put(attribute.type(), attribute.texts());
          }
        });
    shown.put("nTSecurityDescriptor", List.of(sddl()));
    return new DirectoryObject(dn, shown);
  }

  /** MS-DTYP section 2.5.1: who may read properties (RP) of the whole object. */
  private String sddl() {
    StringBuilder text = new StringBuilder("D:");
    for (Grant grant : grants) {
      if (grant.attributes().isEmpty()) {
        text.append("(A;;RPLCRC;;;").append(grant.trustee()).append(')');
      }
    }
    return text.toString();
  }
}
