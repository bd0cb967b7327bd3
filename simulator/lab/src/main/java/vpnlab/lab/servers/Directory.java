package vpnlab.lab.servers;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vpnlab.lab.spec.DirectorySpec;
import vpnlab.lab.spec.DirectorySpec.DialIn;
import vpnlab.lab.spec.DirectorySpec.UserSpec;

/** The accounts of a domain. Names are compared as Windows does, without regard to case. */
public final class Directory {
  private final String domain;
  private final Instant labStart;
  private final Map<String, UserSpec> users = new HashMap<>();

  public Directory(DirectorySpec spec, Instant labStart) {
    this.domain = spec.domain();
    this.labStart = labStart;
    spec.users().forEach((name, user) -> users.put(name.toLowerCase(Locale.ROOT), user));
  }

  /**
   * What stands against an account logging on, as NPS's reason code and the error that MS-CHAPv2
   * can carry (RFC 2759 section 6: 646, 647, 648, 649, 691; nothing for locked or expired accounts,
   * which show 691).
   */
  public record Restriction(int reasonCode, String reason, int msChapError) {
    /** Whether it is the dial-in permission, which a network policy may leave out of account. */
    boolean isDialIn() {
      return reasonCode == 65;
    }
  }

  /** The account of {@code alice}, {@code alice@corp.example} or {@code CORP\alice}. */
  public Optional<UserSpec> find(String identity) {
    String name = identity.toLowerCase(Locale.ROOT);
    int backslash = name.indexOf('\\');
    if (backslash >= 0) {
      String netbios = domain.split("\\.")[0].toLowerCase(Locale.ROOT);
      if (!name.substring(0, backslash).equals(netbios)) {
        return Optional.empty();
      }
      name = name.substring(backslash + 1);
    }
    int at = name.indexOf('@');
    if (at >= 0) {
      if (!name.substring(at + 1).equals(domain.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      name = name.substring(0, at);
    }
    return Optional.ofNullable(users.get(name));
  }

  /** The restriction that is checked first among those that hold at {@code now}. */
  public Optional<Restriction> restriction(UserSpec user, Instant now) {
    if (!user.enabled()) {
      return Optional.of(new Restriction(34, "The account is disabled.", 647));
    }
    if (user.locked()) {
      return Optional.of(new Restriction(36, "The account is locked out.", 691));
    }
    if (user.expires().filter(moment -> !moment.from(labStart).isAfter(now)).isPresent()) {
      return Optional.of(new Restriction(35, "The account has expired.", 691));
    }
    if (!user.logonHours().allow(now)) {
      return Optional.of(
          new Restriction(37, "The account may not log on at this time of day or week.", 646));
    }
    if (user.passwordExpired()) {
      return Optional.of(new Restriction(33, "The user must change the password.", 648));
    }
    if (user.dialIn() == DialIn.DENY) {
      return Optional.of(
          new Restriction(65, "The dial-in permission of the account is set to deny.", 649));
    }
    return Optional.empty();
  }
}
