package vpnlab.lab.spec;

import java.time.Duration;
import java.util.List;
import vpnlab.wire.radius.NasPortType;

/**
 * The constraints of a network policy: what a request that the policy has matched must satisfy, or
 * it is denied. Empty ones are none.
 *
 * @param times days and hours (UTC)
 * @param calledStations patterns for Called-Station-Id
 * @param sessionTimeout goes to the RADIUS client as Session-Timeout; zero: none
 * @param idleTimeout goes to the RADIUS client as Idle-Timeout; zero: none
 */
public record PolicyConstraints(
    List<LogonHours> times,
    List<String> calledStations,
    List<NasPortType> nasPortTypes,
    Duration sessionTimeout,
    Duration idleTimeout) {
  static PolicyConstraints of(SpecReader r) {
    return new PolicyConstraints(
        PolicyConditions.times(r),
        PolicyConditions.patterns(r, "calledStations"),
        PolicyConditions.portTypes(r),
        r.seconds("sessionTimeout"),
        r.seconds("idleTimeout"));
  }
}
