package vpnlab.lab.servers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import vpnlab.lab.directory.Directory.Restriction;
import vpnlab.lab.servers.NetworkPolicies.NetworkPolicy;
import vpnlab.lab.spec.DirectorySpec.DialIn;
import vpnlab.lab.spec.PolicyConstraints;
import vpnlab.wire.radius.RadiusAttributeType;

/**
 * What a network policy that has matched says against a request: first the permission, then the
 * constraints, with NPS's reason codes 65 to 70 and the error that MS-CHAP carries for them.
 */
final class PolicyObjections {
  private static final int NO_DIALIN_PERMISSION = 649;
  private static final int RESTRICTED_LOGON_HOURS = 646;

  private final NetworkPolicy policy;
  private final AccessRequest request;
  private final Instant now;

  PolicyObjections(NetworkPolicy policy, AccessRequest request, Instant now) {
    this.policy = policy;
    this.request = request;
    this.now = now;
  }

  /**
   * The first objection.
   *
   * @param dialIn the account's permission; that of an unknown account leaves it to the policy
   * @param callerId from where alone the account may come; empty: any
   */
  Optional<Restriction> first(DialIn dialIn, String callerId) {
    List<Supplier<Optional<Restriction>>> checks =
        List.of(
            () -> permission(dialIn),
            () -> callerId(callerId),
            this::method,
            this::times,
            this::calledStation,
            this::portType);
    return checks.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
  }

  /** An account that allows access is let in also by a policy that denies it. */
  private Optional<Restriction> permission(DialIn dialIn) {
    boolean allowed =
        policy.spec().grant() || (dialIn == DialIn.ALLOW && !policy.spec().ignoreDialIn());
    return unless(allowed, 65, "The matching network policy denies access.", NO_DIALIN_PERMISSION);
  }

  private Optional<Restriction> callerId(String callerId) {
    boolean right =
        callerId.isEmpty()
            || policy.spec().ignoreDialIn()
            || callerId.equalsIgnoreCase(request.text(RadiusAttributeType.CALLING_STATION_ID));
    return unless(
        right,
        67,
        "The user calls from another number or address than the caller ID of the account.",
        NO_DIALIN_PERMISSION);
  }

  private Optional<Restriction> method() {
    boolean enabled =
        request.isEap()
            ? !policy.eapMethods().isEmpty()
            : policy.spec().methods().contains(request.authenticationType().specName());
    return unless(
        enabled,
        66,
        "The authentication method is not enabled in the matching network policy.",
        NO_DIALIN_PERMISSION);
  }

  private Optional<Restriction> times() {
    return unless(
        NetworkPolicies.allowed(constraints().times(), now),
        68,
        "The network policy does not allow access at this time of day or week.",
        RESTRICTED_LOGON_HOURS);
  }

  private Optional<Restriction> calledStation() {
    return unless(
        NetworkPolicies.matches(
            constraints().calledStations(), request.text(RadiusAttributeType.CALLED_STATION_ID)),
        69,
        "The network policy does not allow access by the station that was called.",
        NO_DIALIN_PERMISSION);
  }

  private Optional<Restriction> portType() {
    return unless(
        NetworkPolicies.anyOrNone(constraints().nasPortTypes(), request.nasPortType()),
        70,
        "The network policy does not allow access over this type of port.",
        NO_DIALIN_PERMISSION);
  }

  private PolicyConstraints constraints() {
    return policy.spec().constraints();
  }

  private static Optional<Restriction> unless(
      boolean fine, int reasonCode, String reason, int msChapError) {
    return fine ? Optional.empty() : Optional.of(new Restriction(reasonCode, reason, msChapError));
  }
}
