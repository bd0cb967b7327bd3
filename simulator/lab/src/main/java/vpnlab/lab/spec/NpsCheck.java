package vpnlab.lab.spec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What NPS's policies cannot ask for: unknown groups, and groups before the user is known. */
final class NpsCheck {
  private final LabSpec lab;
  private final SpecReader document;

  NpsCheck(LabSpec lab, SpecReader document) {
    this.lab = lab;
    this.document = document;
  }

  void run() {
    lab.nps()
        .connectionRequestPolicies()
        .forEach(
            (name, policy) -> {
              if (!policy.conditions().groups().isEmpty()) {
                at(
                    "connectionRequestPolicies",
                    name,
                    "stands in a connection request policy, which comes before NPS knows the user",
                    "write it in a network policy, or use 'userNames'");
              }
            });
    Set<String> groups = new LinkedHashSet<>(DirectorySpec.BUILT_IN_GROUPS);
    groups.addAll(lab.directory().groups().keySet());
    lab.nps()
        .policies()
        .forEach(
            (name, policy) ->
                policy.conditions().groups().stream()
                    .filter(group -> groups.stream().noneMatch(group::equalsIgnoreCase))
                    .forEach(
                        group ->
                            at(
                                "policies",
                                name,
                                "names the group '" + group + "', which does not exist",
                                Nearest.suggestion(group, groups))));
  }

  private void at(String kind, String policy, String message, String suggestion) {
    document.problem(List.of("nps", kind, policy, "groups"), message, suggestion);
  }
}
