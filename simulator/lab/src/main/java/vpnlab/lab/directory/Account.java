package vpnlab.lab.directory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vpnlab.lab.spec.DirectorySpec.DialIn;
import vpnlab.lab.spec.LogonHours;
import vpnlab.wire.Octets;
import vpnlab.wire.ldap.LdapAttribute;
import vpnlab.wire.ldap.LdapOperation.SearchResultEntry;

/**
 * A user's account as a server has read it from the directory.
 *
 * @param dn its distinguished name
 * @param name the logon name (sAMAccountName)
 * @param ntPasswordHash what MS-CHAP works with (RFC 2759 section 8.3); empty when the server may
 *     not check passwords
 * @param reversiblePassword the password itself, when the account stores it so that it can be
 *     recovered; CHAP works with nothing less (RFC 1994)
 * @param groups names of all security groups that it is in
 * @param properties what it may do when and how; empty when the server may not read them
 */
public record Account(
    String dn,
    String name,
    Octets ntPasswordHash,
    Optional<String> reversiblePassword,
    List<String> groups,
    Optional<Properties> properties) {
  private static final int DISABLED = 0x2;
  private static final int LOCKED = 0x10;
  private static final int PASSWORD_EXPIRED = 0x800000;

  /** When and how an account may be used. */
  public record Properties(
      boolean enabled,
      boolean locked,
      boolean passwordExpired,
      boolean mustChangePassword,
      Optional<Instant> expires,
      Octets logonHours,
      Optional<Boolean> dialIn,
      String callerId) {
    public boolean allowedAt(Instant now) {
      return LogonHours.allow(logonHours, now);
    }
  }

  public Account {
    groups = List.copyOf(groups);
  }

  static Account of(SearchResultEntry entry) {
    Map<String, LdapAttribute> attributes = DirectoryEntry.byName(entry.attributes());
    return new Account(
        entry.dn(),
        text(attributes, "samaccountname").orElse(""),
        octets(attributes, "unicodepwd"),
        text(attributes, "supplementalcredentials"),
        texts(attributes, "msds-tokengroupnames").stream().map(Account::commonName).toList(),
        text(attributes, "useraccountcontrol").map(control -> properties(attributes, control)));
  }

  private static Properties properties(Map<String, LdapAttribute> attributes, String control) {
    int computed = (int) number(attributes, "msds-user-account-control-computed");
    long expires = number(attributes, "accountexpires");
    return new Properties(
        (Integer.parseInt(control) & DISABLED) == 0,
        (computed & LOCKED) != 0,
        (computed & PASSWORD_EXPIRED) != 0,
        number(attributes, "pwdlastset") == 0,
        expires == 0 || expires == FileTime.NEVER
            ? Optional.empty()
            : Optional.of(FileTime.toInstant(expires)),
        octets(attributes, "logonhours"),
        text(attributes, "msnpallowdialin").map(value -> value.equals("TRUE")),
        text(attributes, "msnpcallingstationid").orElse(""));
  }

  /** The permission; to the policy's discretion also when it may not be read. */
  public DialIn dialIn() {
    return properties
        .flatMap(Properties::dialIn)
        .map(allowed -> allowed ? DialIn.ALLOW : DialIn.DENY)
        .orElse(DialIn.POLICY);
  }

  /** The station from which alone the user may call; empty for any. */
  public String callerId() {
    return properties.map(Properties::callerId).orElse("");
  }

  private static String commonName(String dn) {
    return dn.substring("CN=".length(), dn.indexOf(','));
  }

  private static List<String> texts(Map<String, LdapAttribute> attributes, String name) {
    LdapAttribute found = attributes.get(name.toLowerCase(Locale.ROOT));
    return found == null ? List.of() : found.texts();
  }

  private static Optional<String> text(Map<String, LdapAttribute> attributes, String name) {
    return texts(attributes, name).stream().findFirst();
  }

  private static long number(Map<String, LdapAttribute> attributes, String name) {
    return text(attributes, name).map(Long::parseLong).orElse(0L);
  }

  private static Octets octets(Map<String, LdapAttribute> attributes, String name) {
    LdapAttribute found = attributes.get(name);
    return found == null || found.values().isEmpty() ? Octets.EMPTY : found.values().get(0);
  }

  @Override
  public String toString() {
    return "Account[" + dn + "]";
  }
}
