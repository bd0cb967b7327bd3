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
      complain(
          "directory",
          "host",
          "must name the host of the domain controller, and '" + directory.host() + "' is none",
          directory.host(),
          hosts);
    }
    for (String computer : directory.computers().keySet()) {
      if (!hosts.contains(computer)) {
        complain(
            "directory",
            "computers",
            "has '" + computer + "', which is no host",
            computer,
            hosts);
      }
    }
    directory
        .users()
        .forEach((name, user) -> known("directory", "users", name + ".groups", user.groups()));
    lab.nps()
        .policies()
        .forEach(
            (name, policy) ->
                known("nps", "policies", name + ".groups", policy.conditions().groups()));
    known(
        "directory",
        "accessCheck",
        "read",
        directory.accessCheckReaders().stream()
            .filter(name -> !name.equals(DirectorySpec.RAS_AND_IAS_SERVERS))
            .filter(name -> !isWellKnown(name))
            .toList());
    directory.groups().forEach(this::members);
  }

  private void known(String section, String key, String where, List<String> named) {
    for (String group : named) {
      if (!contains(groups, group)) {
        complain(
            section,
            key,
            where + " names the group '" + group + "', which does not exist",
            group,
            groups);
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
        complain(
            "directory",
            "groups",
            name + " has the member '" + member + "', whom nobody knows",
            member,
            all);
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

  private void complain(
      String section, String key, String what, String name, Collection<String> known) {
    document.map(
        section,
        inner -> {
          inner.problem(key, what, Nearest.suggestion(name, known));
          inner.askForEverything();
          return true;
        });
  }
}
