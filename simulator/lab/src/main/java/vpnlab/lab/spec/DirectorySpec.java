package vpnlab.lab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts. */
public record DirectorySpec(String domain, Map<String, UserSpec> users) {
  static DirectorySpec of(SpecReader r) {
    return new DirectorySpec(r.text("domain", ""), r.maps("users", UserSpec::of));
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
          r.bool("reversibleEncryption", false),
          r.parsed("expires", Moment::parse),
          r.parsed("logonHours", LogonHours::parse).orElse(LogonHours.ALWAYS),
          r.constant("dialIn", DialIn.POLICY),
          r.text("callerId", ""),
          r.texts("groups"));
    }
  }
}
