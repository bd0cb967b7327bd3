package vpnlab.lab.spec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** References of NPS's policies that lead nowhere: a group that nobody is in or has made. */
final class NpsCheck {
  /** Groups of every domain, which need not be named to exist. */
  private static final List<String> BUILT_IN =
      List.of("Domain Users", "Domain Admins", "Domain Guests", "Domain Computers");

  private final LabSpec lab;
  private final SpecReader document;

  NpsCheck(LabSpec lab, SpecReader document) {
    this.lab = lab;
    this.document = document;
  }

  void run() {
    Set<String> groups = groups();
    Map<String, PolicyConditions> requests = new LinkedHashMap<>();
    lab.nps()
        .connectionRequestPolicies()
        .forEach((name, policy) -> requests.put(name, policy.conditions()));
    Map<String, PolicyConditions> policies = new LinkedHashMap<>();
    lab.nps().policies().forEach((name, policy) -> policies.put(name, policy.conditions()));
    check("policies", policies, groups);
    requests.forEach(
        (name, conditions) -> {
          if (!conditions.groups().isEmpty()) {
            at(
                "connectionRequestPolicies",
                name,
                "stands in a connection request policy, which comes before NPS knows the user",
                "write it in a network policy, or use 'userNames'");
          }
        });
  }

  private void check(
      String kind, Map<String, PolicyConditions> policies, Collection<String> groups) {
    policies.forEach(
        (name, conditions) ->
            conditions.groups().stream()
                .filter(group -> groups.stream().noneMatch(group::equalsIgnoreCase))
                .forEach(
                    group ->
                        at(
                            kind,
                            name,
                            "names the group '" + group + "', which the directory does not have",
                            Nearest.suggestion(group, groups))));
  }

  private Set<String> groups() {
    Set<String> groups = new TreeSet<>(BUILT_IN);
    lab.directory().users().values().forEach(user -> groups.addAll(user.groups()));
    return groups;
  }

  private void at(String kind, String policy, String message, String suggestion) {
    document.map(
        "nps",
        nps -> {
          nps.map(
              kind,
              all -> {
                all.map(
                    policy,
                    one -> {
                      one.problem("groups", message, suggestion);
                      return known(one);
                    });
                return known(all);
              });
          return known(nps);
        });
  }

  /** This visit is for a complaint only; unknown keys were complained of before. */
  private static Boolean known(SpecReader reader) {
    reader.askForEverything();
    return true;
  }
}
