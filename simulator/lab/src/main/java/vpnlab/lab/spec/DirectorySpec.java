package vpnlab.lab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The domain: a domain controller and what its directory holds.
 *
 * @param host the domain controller
 * @param running whether the directory service runs on it
 * @param computers members of the domain by host name
 * @param groups by name; the built-in ones are there without being named
 * @param accessCheckReaders groups that may read the object {@code RAS and IAS Servers Access
 *     Check}
 */
public record DirectorySpec(
    String domain,
    String host,
    boolean running,
    Map<String, UserSpec> users,
    Map<String, ComputerSpec> computers,
    Map<String, GroupSpec> groups,
    List<String> accessCheckReaders) {

  /** The group whose members may read what accounts may do remotely. */
  public static final String RAS_AND_IAS_SERVERS = "RAS and IAS Servers";

  /** The group for servers that read accounts without saying who they are. */
  public static final String PRE_WINDOWS_2000 = "Pre-Windows 2000 Compatible Access";

  /** Groups of every domain. */
  public static final List<String> BUILT_IN_GROUPS =
      List.of(
          "Domain Admins",
          "Domain Users",
          "Domain Guests",
          "Domain Computers",
          "Domain Controllers",
          PRE_WINDOWS_2000);

  /** Members that stand for many: nobody puts them into the directory. */
  public static final List<String> WELL_KNOWN =
      List.of("Everyone", "Anonymous Logon", "Authenticated Users");

  static DirectorySpec of(SpecReader r) {
    return new DirectorySpec(
        r.text("domain", ""),
        r.text("host", ""),
        r.bool("running", true),
        r.maps("users", UserSpec::of),
        r.maps("computers", ComputerSpec::of),
        r.maps("groups", GroupSpec::of),
        r.map(
            "accessCheck",
            check -> check.has("read") ? check.texts("read") : List.of(RAS_AND_IAS_SERVERS)));
  }

  /** The dial-in permission of an account. */
  public enum DialIn {
    POLICY,
    ALLOW,
    DENY
  }

  /**
   * An account.
   *
   * @param expires when the account (not the password) expires
   * @param logonHours {@code always}, or e.g. {@code mon-fri 08:00-18:00} in UTC
   * @param reversibleEncryption whether the password can be recovered, which CHAP needs
   * @param callerId the Calling-Station-Id from which alone the user may come; empty: any
   */
  public record UserSpec(
      String password,
      boolean enabled,
      boolean locked,
      boolean passwordExpired,
      boolean mustChangePassword,
      boolean reversibleEncryption,
      Optional<Moment> expires,
      LogonHours logonHours,
      DialIn dialIn,
      String callerId,
      List<String> groups) {
    static UserSpec of(SpecReader r) {
      return new UserSpec(
          r.requiredText("password"),
          r.bool("enabled", true),
          r.bool("locked", false),
          r.bool("passwordExpired", false),
          r.bool("mustChangePassword", false),
          r.bool("reversibleEncryption", false),
          r.parsed("expires", Moment::parse),
          r.parsed("logonHours", LogonHours::parse).orElse(LogonHours.ALWAYS),
          r.constant("dialIn", DialIn.POLICY),
          r.text("callerId", ""),
          r.texts("groups"));
    }
  }

  /**
   * A member of the domain, as the directory and as the computer itself see it.
   *
   * @param joined whether the computer believes itself in the domain; else it is in a workgroup
   * @param account whether the directory has an account for it
   * @param password of the account; by default one that the computer has chosen
   * @param knownPassword what the computer takes for its password; by default the right one
   */
  public record ComputerSpec(
      boolean joined, boolean account, String password, String knownPassword) {
    static ComputerSpec of(SpecReader r) {
      String password = r.text("password", "chosen by the computer: " + r.path());
      return new ComputerSpec(
          r.bool("joined", true),
          r.bool("account", true),
          password,
          r.text("knownPassword", password));
    }
  }

  /** Whether a group may be granted anything (MS-ADTS section 2.2.12). */
  public enum GroupKind {
    SECURITY,
    DISTRIBUTION
  }

  /** Where a group may be used (MS-ADTS section 2.2.12). */
  public enum GroupScope {
    DOMAIN_LOCAL,
    GLOBAL,
    UNIVERSAL
  }

  /**
   * A group.
   *
   * @param members names of users, computers, groups, or of {@link #WELL_KNOWN}
   * @param membersAddedAfterStart become members when all services have started
   */
  public record GroupSpec(
      GroupKind kind, GroupScope scope, List<String> members, List<String> membersAddedAfterStart) {
    public static final GroupSpec EMPTY =
        new GroupSpec(GroupKind.SECURITY, GroupScope.GLOBAL, List.of(), List.of());

    static GroupSpec of(SpecReader r) {
      return new GroupSpec(
          r.constant("kind", GroupKind.SECURITY),
          r.constant("scope", GroupScope.GLOBAL),
          r.texts("members"),
          r.texts("membersAddedAfterStart"));
    }
  }
}
