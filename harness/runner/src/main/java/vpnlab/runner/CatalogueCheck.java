package vpnlab.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.Location;
import vpnlab.lab.spec.Nearest;
import vpnlab.lab.spec.Problem;
import vpnlab.lab.spec.SpecException;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;

/** What must hold for a scenario beyond its own file, and for a catalogue as a whole. */
public final class CatalogueCheck {
  /** The name of a scenario's file in a catalogue. */
  private static final String NAME = "scenario.yaml";

  private final Map<String, Set<Integer>> codesByCause;
  private final Set<String> failureModes;

  /**
   * @param codesByCause the codes of every cause that a diagnosis may name
   * @param failureModes the ids that scenarios may name as rows
   */
  public CatalogueCheck(Map<String, Set<Integer>> codesByCause, Set<String> failureModes) {
    this.codesByCause = Map.copyOf(codesByCause);
    this.failureModes = Set.copyOf(failureModes);
  }

  /** For a catalogue whose rows nobody checks. */
  public CatalogueCheck(Map<String, Set<Integer>> codesByCause) {
    this(codesByCause, Set.of());
  }

  /** Checks one scenario: its README, its causes and their codes. */
  public List<Problem> scenario(Scenario scenario) {
    List<Problem> problems = new ArrayList<>();
    Path readme = scenario.file().resolveSibling("README.md");
    if (scenario.file().endsWith(NAME) && !Files.isRegularFile(readme)) {
      problems.add(
          problem(scenario, "has no README.md beside it", "tell people what is broken and how"));
    }
    expectations(scenario).forEach(e -> causes(scenario, e, problems));
    for (String row : scenario.rows()) {
      if (!failureModes.isEmpty() && !failureModes.contains(row)) {
        problems.add(
            problem(
                scenario,
                "names the unknown failure mode '" + row + "' in rows",
                Nearest.suggestion(row, failureModes)));
      }
    }
    if (scenario.faults().isEmpty() != scenario.healthy()) {
      problems.add(
          problem(
              scenario,
              scenario.healthy()
                  ? "has faults but expects nothing to be found"
                  : "expects an error but has no faults",
              "what breaks nothing belongs under 'given'"));
    }
    return problems;
  }

  private void causes(Scenario scenario, Expected expected, List<Problem> problems) {
    Set<String> named = new LinkedHashSet<>(expected.causes());
    named.addAll(expected.candidates());
    for (String cause : named) {
      Set<Integer> codes = codesByCause.get(cause);
      if (codes == null) {
        problems.add(
            problem(
                scenario,
                "expects the unknown cause '" + cause + "'",
                Nearest.suggestion(cause, codesByCause.keySet())));
      } else if (!codes.contains(expected.code())) {
        problems.add(
            problem(
                scenario,
                "expects code " + expected.code() + " with the cause '" + cause + "'",
                "its code is "
                    + String.join(" or ", codes.stream().map(String::valueOf).toList())));
      }
    }
  }

  /**
   * Checks a whole catalogue: a code that several causes explain occurs with at least two of them
   * (else an engine that knows only codes would pass), and every lab that is broken somewhere is
   * shown to work somewhere with the same attempt.
   */
  public List<Problem> catalogue(Collection<Scenario> scenarios) {
    List<Problem> problems = new ArrayList<>();
    scenarios.forEach(scenario -> problems.addAll(scenario(scenario)));
    pairs(scenarios, problems);
    controls(scenarios, problems);
    return problems;
  }

  private void pairs(Collection<Scenario> scenarios, List<Problem> problems) {
    Map<Integer, Set<String>> causesByCode = new TreeMap<>();
    Map<Integer, Scenario> example = new TreeMap<>();
    for (Scenario scenario : scenarios) {
      Expected expected = scenario.expect().administrator();
      if (!expected.healthy()) {
        causesByCode
            .computeIfAbsent(expected.code(), code -> new TreeSet<>())
            .addAll(expected.causes());
        example.putIfAbsent(expected.code(), scenario);
      }
    }
    causesByCode.forEach(
        (code, causes) -> {
          long known = codesByCause.values().stream().filter(codes -> codes.contains(code)).count();
          if (causes.size() < 2 && known > 1) {
            problems.add(
                problem(
                    example.get(code),
                    "is alone with code %d, which %d causes explain".formatted(code, known),
                    "add a scenario of another cause with that code"));
          }
        });
  }

  private static void controls(Collection<Scenario> scenarios, List<Problem> problems) {
    record Control(LabSpec lab, Attempt attempt) {}
    Set<Control> healthy = new LinkedHashSet<>();
    for (Scenario scenario : scenarios) {
      if (scenario.healthy()) {
        healthy.add(new Control(scenario.labWithout(Set.of()), scenario.attempt()));
      }
      Set<String> healed = new LinkedHashSet<>();
      for (Scenario.Healing step : scenario.heals()) {
        healed.addAll(step.heal());
        if (step.expect().healthy()) {
          healthy.add(new Control(scenario.labWithout(healed), scenario.attempt()));
          // What was healed last is what mattered; the lab without any fault works all the more.
          healthy.add(
              new Control(scenario.labWithout(scenario.faults().keySet()), scenario.attempt()));
        }
      }
    }
    for (Scenario scenario : scenarios) {
      Control control =
          new Control(scenario.labWithout(scenario.faults().keySet()), scenario.attempt());
      if (!scenario.healthy() && !healthy.contains(control)) {
        problems.add(
            problem(
                scenario,
                "has no control: no healthy scenario makes the same attempt on the same lab",
                "add one, with the same 'given' and without the faults"));
      }
    }
  }

  private static List<Expected> expectations(Scenario scenario) {
    List<Expected> all = new ArrayList<>(scenario.expect().byVantage().values());
    scenario.heals().forEach(step -> all.addAll(step.expect().byVantage().values()));
    return all;
  }

  private static Problem problem(Scenario scenario, String message, String suggestion) {
    return new Problem(new Location(scenario.file().toString(), 1, 1), message, suggestion);
  }

  /** The problems of a file or folder by file: lab files and scenarios, whatever is there. */
  public Map<Path, List<Problem>> path(Path path, ScenarioLoader loader) {
    Map<Path, List<Problem>> problems = new LinkedHashMap<>();
    for (Path file : files(path)) {
      try {
        SpecNode.Mapping document = SpecFile.read(file);
        if (isScenario(file, document)) {
          problems.put(file, scenario(loader.load(file)));
        } else {
          LabSpec.of(document);
        }
      } catch (SpecException e) {
        problems.put(file, e.problems());
      }
    }
    problems.values().removeIf(List::isEmpty);
    return problems;
  }

  /** Scenarios outside a catalogue have any name; what a lab never has tells them. */
  private static boolean isScenario(Path file, SpecNode.Mapping document) {
    return file.endsWith(NAME)
        || Stream.of("lab", "attempt", "expect", "faults")
            .anyMatch(document.entries()::containsKey);
  }

  /** The files below a path that {@link #path} reads. */
  public static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (var files = Files.walk(path)) {
      return files
          .filter(
              file ->
                  file.endsWith(NAME)
                      || (file.toString().endsWith(".yaml")
                          && file.toAbsolutePath().getParent().endsWith("labs")))
          .sorted()
          .toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
