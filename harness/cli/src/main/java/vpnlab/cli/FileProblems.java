package vpnlab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import vpnlab.lab.spec.Problem;

/**
 * What is wrong with files: each problem once, however many scenarios are made from the file.
 *
 * @param byFile what keeps each scenario from being read, by what the scenario is known by
 */
record FileProblems(Map<Path, List<Problem>> byFile) {
  /** From this many files with the same mistake on, one stands for them all. */
  private static final int MANY = 4;

  private record Mistake(String message, String suggestion) {}

  /** How many problems there are. */
  int count() {
    return distinct().size();
  }

  private Set<Problem> distinct() {
    Set<Problem> all = new LinkedHashSet<>();
    byFile.values().forEach(all::addAll);
    return all;
  }

  /** One line for each problem, and one for each file that several scenarios are made from. */
  void print(CommandLine command) {
    print(command.getErr(), command.getCommandSpec().qualifiedName() + ": ");
  }

  /** The same with another prefix to each line. */
  void print(PrintWriter err, String prefix) {
    Map<Mistake, Set<Problem>> mistakes = new LinkedHashMap<>();
    for (Problem problem : distinct()) {
      mistakes
          .computeIfAbsent(
              new Mistake(problem.message(), problem.suggestion()), same -> new LinkedHashSet<>())
          .add(problem);
    }
    for (Set<Problem> same : mistakes.values()) {
      if (same.size() < MANY) {
        same.forEach(problem -> err.println(prefix + problem));
      } else {
        err.printf(
            "%s%s (and the same in %d more places)%n",
            prefix, same.iterator().next(), same.size() - 1);
      }
    }
    stopped()
        .forEach((file, count) -> err.printf("%s%s stops %d scenarios%n", prefix, file, count));
    err.flush();
  }

  /** How many scenarios each file stops that is not the file of a single one. */
  private Map<String, Integer> stopped() {
    Map<String, Integer> counts = new TreeMap<>();
    byFile.forEach(
        (file, problems) ->
            problems.stream()
                .map(problem -> problem.location().file())
                .distinct()
                .filter(at -> !at.equals(file.toString()))
                .forEach(at -> counts.merge(at, 1, Integer::sum)));
    counts.values().removeIf(count -> count < 2);
    return counts;
  }

  /** One line at the end, when results have made the problems scroll away. */
  void remind(CommandLine command, String whatBecameOfThem) {
    if (!byFile.isEmpty()) {
      command
          .getErr()
          .printf(
              "%s: %d %s because of %d %s in files%n",
              command.getCommandSpec().qualifiedName(),
              byFile.size(),
              (byFile.size() == 1 ? "scenario was " : "scenarios were ") + whatBecameOfThem,
              count(),
              count() == 1 ? "problem" : "problems");
      command.getErr().flush();
    }
  }
}
