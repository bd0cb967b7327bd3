package vpnlab.lab.servers;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import vpnlab.lab.spec.LogonHours;
import vpnlab.lab.spec.NpsSpec;
import vpnlab.lab.spec.NpsSpec.ConnectionRequestPolicySpec;
import vpnlab.lab.spec.NpsSpec.PolicySpec;
import vpnlab.lab.spec.PolicyConditions;
import vpnlab.wire.radius.RadiusAttributeType;

/**
 * NPS's policies: of the connection request policies and of the network policies, the first one
 * whose conditions all hold decides.
 */
final class NetworkPolicies {
  private final List<RequestPolicy> requestPolicies;
  private final List<NetworkPolicy> networkPolicies;

  /** A connection request policy and its name. */
  record RequestPolicy(String name, ConnectionRequestPolicySpec spec) {}

  /** A network policy and its name. */
  record NetworkPolicy(String name, PolicySpec spec) {
    /** EAP methods in order of preference, narrowed by the condition on EAP types. */
    List<String> eapMethods() {
      List<String> wanted = spec.conditions().eapTypes();
      return spec.methods().stream()
          .filter(method -> isEap(method))
          .filter(method -> wanted.isEmpty() || wanted.contains(method))
          .toList();
    }

    private static boolean isEap(String method) {
      return !NpsSpec.PLAIN_METHODS.contains(method);
    }
  }

  NetworkPolicies(
      Map<String, ConnectionRequestPolicySpec> requests, Map<String, PolicySpec> policies) {
    requestPolicies =
        requests.entrySet().stream()
            .map(entry -> new RequestPolicy(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(each -> each.spec().order()))
            .toList();
    networkPolicies =
        policies.entrySet().stream()
            .map(entry -> new NetworkPolicy(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingInt(each -> each.spec().order()))
            .toList();
  }

  Optional<RequestPolicy> matchRequest(AccessRequest request, Instant now) {
    return requestPolicies.stream()
        .filter(each -> hold(each.spec().conditions(), request, now))
        .findFirst();
  }

  /**
   * The first policy that matches.
   *
   * @param groups of the user; absent for an unknown one, of whom no group can be asked: he goes
   *     through authentication like others, so that nobody learns which names exist
   */
  Optional<NetworkPolicy> match(AccessRequest request, Optional<List<String>> groups, Instant now) {
    return networkPolicies.stream()
        .filter(each -> groups.isEmpty() || anyOf(each.spec().conditions().groups(), groups.get()))
        .filter(each -> hold(each.spec().conditions(), request, now))
        .findFirst();
  }

  /** Whether all conditions hold but that on groups. */
  private static boolean hold(PolicyConditions conditions, AccessRequest request, Instant now) {
    return allowed(conditions.times(), now)
        && anyOrNone(conditions.nasPortTypes(), request.nasPortType())
        && anyOrNone(conditions.tunnelTypes(), request.tunnelType())
        && matches(conditions.userNames(), request.user())
        && matches(conditions.calledStations(), request.text(RadiusAttributeType.CALLED_STATION_ID))
        && matches(
            conditions.callingStations(), request.text(RadiusAttributeType.CALLING_STATION_ID))
        && matches(conditions.clientNames(), request.clientName())
        && (conditions.clientAddresses().isEmpty()
            || conditions.clientAddresses().stream()
                .anyMatch(range -> range.contains(request.clientAddress())))
        && (conditions.authenticationTypes().isEmpty()
            || conditions.authenticationTypes().contains(request.authenticationType().specName()))
        && (conditions.eapTypes().isEmpty() || request.isEap());
  }

  static boolean allowed(List<LogonHours> times, Instant now) {
    return times.isEmpty() || times.stream().anyMatch(hours -> hours.allow(now));
  }

  static <T> boolean anyOrNone(Collection<T> condition, Optional<T> value) {
    return condition.isEmpty() || value.filter(condition::contains).isPresent();
  }

  /** Whether one of the patterns matches a part; no patterns match everything. */
  static boolean matches(List<String> patterns, String value) {
    return patterns.isEmpty()
        || patterns.stream()
            .anyMatch(
                pattern ->
                    Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(value).find());
  }

  /** An empty condition holds always. */
  static boolean anyOf(List<String> condition, List<String> values) {
    return condition.isEmpty()
        || condition.stream()
            .anyMatch(wanted -> values.stream().anyMatch(wanted::equalsIgnoreCase));
  }
}
