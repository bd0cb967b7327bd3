package vpnlab.lab.servers;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vpnlab.lab.spec.NpsSpec.PolicySpec;

/** NPS's network policies: the first one whose conditions all hold decides. */
final class NetworkPolicies {
  private final List<Map.Entry<String, PolicySpec>> ordered;

  NetworkPolicies(Map<String, PolicySpec> policies) {
    ordered =
        policies.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> entry.getValue().order()))
            .toList();
  }

  /**
   * The first policy that matches.
   *
   * @param groups of the user; absent for an unknown one, of whom no group can be asked: he goes
   *     through authentication like others, so that nobody learns which names exist
   * @param nasPortType as RFC 2865 section 5.41 names it, lower case
   */
  Optional<Map.Entry<String, PolicySpec>> match(Optional<List<String>> groups, String nasPortType) {
    return ordered.stream()
        .filter(entry -> groups.isEmpty() || anyOf(entry.getValue().groups(), groups.get()))
        .filter(entry -> anyOf(entry.getValue().nasPortTypes(), List.of(nasPortType)))
        .findFirst();
  }

  /** The groups that a policy's condition names; empty when it has no such condition. */
  List<String> groupsOf(String policy) {
    return ordered.stream()
        .filter(entry -> entry.getKey().equals(policy))
        .findFirst()
        .map(entry -> entry.getValue().groups())
        .orElse(List.of());
  }

  /** The purposes that a policy demands of certificates; empty when it has no such setting. */
  List<String> allowedOidsOf(String policy) {
    return ordered.stream()
        .filter(entry -> entry.getKey().equals(policy))
        .findFirst()
        .map(entry -> entry.getValue().allowedCertificateOids())
        .orElse(List.of());
  }

  /** An empty condition holds always. */
  static boolean anyOf(List<String> condition, List<String> values) {
    return condition.isEmpty()
        || condition.stream()
            .anyMatch(
                wanted ->
                    values.stream()
                        .anyMatch(
                            value ->
                                value
                                    .toLowerCase(Locale.ROOT)
                                    .equals(wanted.toLowerCase(Locale.ROOT))));
  }
}
