package vpnlab.lab.spec;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Names of the directory that lead nowhere: groups, their members, computers. */
final class DirectoryCheck {
  private final LabSpec lab;
  private final SpecReader document;
  private final Set<String> groups = new LinkedHashSet<>(DirectorySpec.BUILT_IN_GROUPS);

  DirectoryCheck(LabSpec lab, SpecReader document) {
    this.lab = lab;
    this.document = document;
    groups.addAll(lab.directory().groups().keySet());
  }

  void run() {
    DirectorySpec directory = lab.directory();
    Collection<String> hosts = lab.network().hosts().keySet();
    if (!hosts.contains(directory.host())) {
      document.problem(
          List.of("directory", "host"),
          "must name the host of the domain controller, and '" + directory.host() + "' is none",
          Nearest.suggestion(directory.host(), hosts));
    }
    for (String computer : directory.computers().keySet()) {
      if (!hosts.contains(computer)) {
        document.problem(
            List.of("directory", "computers", computer),
            "is no host",
            Nearest.suggestion(computer, hosts));
      }
    }
    directory
        .users()
        .forEach(
            (name, user) -> known(List.of("directory", "users", name, "groups"), user.groups()));
    accounts(directory.users().keySet());
    // Those that NPS's policies name are the NpsCheck's.
    known(
        List.of("directory", "accessCheck", "read"),
        directory.accessCheckReaders().stream()
            .filter(name -> !name.equals(DirectorySpec.RAS_AND_IAS_SERVERS))
            .filter(name -> !isWellKnown(name))
            .toList());
    directory.groups().forEach(this::members);
  }

  /** Two names that differ in the case of letters only are one account. */
  private void accounts(Collection<String> names) {
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      String earlier = seen.putIfAbsent(name, name);
      if (earlier != null) {
        document.problem(
            List.of("directory", "users", name),
            "is the account '" + earlier + "' again",
            "the directory does not mind the case of letters");
      }
    }
  }

  private void known(List<String> where, List<String> named) {
    for (String group : named) {
      if (!contains(groups, group)) {
        document.problem(
            where,
            "names the group '" + group + "', which does not exist",
            Nearest.suggestion(group, groups));
      }
    }
  }

  private void members(String name, DirectorySpec.GroupSpec group) {
    Set<String> all = new LinkedHashSet<>(lab.directory().users().keySet());
    all.addAll(lab.directory().computers().keySet());
    all.addAll(groups);
    all.addAll(DirectorySpec.WELL_KNOWN);
    known(all, name, "members", group.members());
    known(all, name, "membersAddedAfterStart", group.membersAddedAfterStart());
  }

  private void known(Set<String> all, String group, String key, List<String> members) {
    for (String member : members) {
      if (!contains(all, member)) {
        document.problem(
            List.of("directory", "groups", group, key),
            "has the member '" + member + "', whom nobody knows",
            Nearest.suggestion(member, all));
      }
    }
  }

  private static boolean isWellKnown(String name) {
    return contains(DirectorySpec.WELL_KNOWN, name);
  }

  /** The directory does not mind the case of letters. */
  private static boolean contains(Collection<String> names, String wanted) {
    return names.stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT)));
  }
}
