package vpnlab.lab.servers;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vpnlab.lab.directory.Directory.Restriction;
import vpnlab.lab.spec.AccountLockoutSpec;

/**
 * The account lockout of remote access, which NPS keeps for itself: too many wrong passwords lock
 * an account for remote access alone, and the reset time frees it again.
 */
final class RemoteAccessLockout {
  private static final int LOCKED_OUT = 64;
  private static final int AUTHENTICATION_FAILURE = 691;

  private final AccountLockoutSpec spec;
  private final Map<String, Failures> failures = new HashMap<>();

  private record Failures(int count, Instant last) {}

  RemoteAccessLockout(AccountLockoutSpec spec) {
    this.spec = spec;
  }

  /** That of a server which has none. */
  static RemoteAccessLockout off() {
    return new RemoteAccessLockout(new AccountLockoutSpec(0, Duration.ZERO));
  }

  /** Counts a wrong password; whether it has locked the account just now. */
  boolean failed(String account, Instant now) {
    if (spec.maxDenials() == 0) {
      return false;
    }
    freed(account, now);
    Failures sofar = failures.getOrDefault(key(account), new Failures(0, now));
    failures.put(key(account), new Failures(sofar.count() + 1, now));
    return sofar.count() + 1 == spec.maxDenials();
  }

  void succeeded(String account) {
    failures.remove(key(account));
  }

  /** Forgets failures whose time is over; whether that has unlocked the account. */
  boolean freed(String account, Instant now) {
    Failures sofar = failures.get(key(account));
    if (sofar == null || sofar.last().plus(spec.resetTime()).isAfter(now)) {
      return false;
    }
    failures.remove(key(account));
    return sofar.count() >= spec.maxDenials();
  }

  /** What stands against an account that is locked. */
  Optional<Restriction> restriction(String account) {
    Failures sofar = failures.get(key(account));
    return sofar == null || sofar.count() < spec.maxDenials()
        ? Optional.empty()
        : Optional.of(
            new Restriction(
                LOCKED_OUT, "The account is locked for remote access.", AUTHENTICATION_FAILURE));
  }

  /** The name alone, whatever domain stands with it. */
  private static String key(String account) {
    String name = account.substring(account.lastIndexOf('\\') + 1);
    int at = name.indexOf('@');
    return (at < 0 ? name : name.substring(0, at)).toLowerCase(Locale.ROOT);
  }
}
