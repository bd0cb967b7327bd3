package vpnlab.lab.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
    // Those that NPS's policies name are the NpsCheck's.
    known(
        List.of("directory", "accessCheck", "read"),
        directory.accessCheckReaders().stream()
            .filter(name -> !name.equals(DirectorySpec.RAS_AND_IAS_SERVERS))
            .filter(name -> !isWellKnown(name))
            .toList());
    directory.groups().forEach(this::members);
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
    List<String> members = new ArrayList<>(group.members());
    members.addAll(group.membersAddedAfterStart());
    for (String member : members) {
      if (!contains(all, member)) {
        document.problem(
            List.of("directory", "groups", name),
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
