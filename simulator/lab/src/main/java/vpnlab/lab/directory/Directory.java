package vpnlab.lab.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server knows of the directory while it decides about one user: it asked before, and what
 * happens in the directory meanwhile does not change it. Names are compared as Windows does,
 * without regard to case.
 */
public final class Directory {
  private final String domain;
  private final boolean member;
  private final boolean mayReadRemoteAccess;
  private final Map<String, Account> accounts = new HashMap<>();

  private Directory(String domain, boolean member, boolean mayReadRemoteAccess) {
    this.domain = domain;
    this.member = member;
    this.mayReadRemoteAccess = mayReadRemoteAccess;
  }

  static Directory of(String domain, Collection<Account> accounts, boolean mayReadRemoteAccess) {
    Directory directory = new Directory(domain, true, mayReadRemoteAccess);
    accounts.forEach(each -> directory.accounts.put(each.name().toLowerCase(Locale.ROOT), each));
    return directory;
  }

  /** All that a computer knows that belongs to no domain: none of its own accounts is a user's. */
  static Directory ofWorkgroup() {
    return new Directory("", false, false);
  }

  /**
   * What stands against an account logging on, as NPS's reason code and the error that MS-CHAPv2
   * can carry (RFC 2759 section 6: 646, 647, 648, 649, 691; nothing for locked or expired accounts,
   * which show 691).
   */
  public record Restriction(int reasonCode, String reason, int msChapError) {
    /** Whether it is the dial-in permission, which a network policy may leave out of account. */
    public boolean isDialIn() {
      return reasonCode == 65;
    }
  }

  /** The account of {@code alice}, {@code alice@corp.example} or {@code CORP\alice}. */
  public Optional<Account> find(String identity) {
    return inDomain(identity)
        ? Optional.ofNullable(accounts.get(accountName(identity).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** What is said of an identity that {@link #find} does not find. */
  public Restriction absent(String identity) {
    if (!member) {
      return new Restriction(
          32, "The server belongs to no domain and can check local users only.", 691);
    } else if (!inDomain(identity)) {
      return new Restriction(7, "The domain of the user name does not exist.", 691);
    }
    return new Restriction(8, "There is no such user account.", 691);
  }

  /** The name without its domain. */
  static String accountName(String identity) {
    String name = identity.substring(identity.indexOf('\\') + 1);
    int at = name.lastIndexOf('@');
    return at >= 0 ? name.substring(0, at) : name;
  }

  /** Whether the identity names no domain, or this one. */
  private boolean inDomain(String identity) {
    int backslash = identity.indexOf('\\');
    if (backslash >= 0) {
      String named = identity.substring(0, backslash);
      return named.equalsIgnoreCase(domain.split("\\.")[0]) || named.equalsIgnoreCase(domain);
    }
    int at = identity.lastIndexOf('@');
    return at < 0 || identity.substring(at + 1).equalsIgnoreCase(domain);
  }

  /** The restriction that is checked first among those that hold at {@code now}. */
  public Optional<Restriction> restriction(Account user, Instant now) {
    if (!mayReadRemoteAccess || user.properties().isEmpty()) {
      return Optional.of(
          new Restriction(
              2, "The server may not read the remote access properties of the account.", 691));
    }
    Account.Properties properties = user.properties().get();
    if (!properties.enabled()) {
      return Optional.of(new Restriction(34, "The account is disabled.", 647));
    }
    if (properties.locked()) {
      return Optional.of(new Restriction(36, "The account is locked out.", 691));
    }
    if (properties.expires().filter(moment -> !moment.isAfter(now)).isPresent()) {
      return Optional.of(new Restriction(35, "The account has expired.", 691));
    }
    if (!properties.allowedAt(now)) {
      return Optional.of(
          new Restriction(37, "The account may not log on at this time of day or week.", 646));
    }
    if (properties.passwordExpired() || properties.mustChangePassword()) {
      return Optional.of(new Restriction(33, "The user must change the password.", 648));
    }
    if (properties.dialIn().filter(allowed -> !allowed).isPresent()) {
      return Optional.of(
          new Restriction(65, "The dial-in permission of the account is set to deny.", 649));
    }
    return Optional.empty();
  }
}
