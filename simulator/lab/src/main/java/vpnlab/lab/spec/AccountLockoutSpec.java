package vpnlab.lab.spec;

import java.time.Duration;

/**
 * The account lockout of remote access: the values of {@code
 * RemoteAccess\Parameters\AccountLockout} in the registry. It is NPS's own, and knows nothing of
 * the directory's.
 *
 * @param maxDenials how many failures lock an account; 0: never, as it is from the start
 * @param resetTime when failures are forgotten and a locked account is free again
 */
public record AccountLockoutSpec(int maxDenials, Duration resetTime) {
  static AccountLockoutSpec of(SpecReader r) {
    return new AccountLockoutSpec(
        r.integer("maxDenials", 0, 0, 1_000_000),
        r.duration("resetTime", Duration.ofMinutes(2880), Duration.ZERO));
  }
}
