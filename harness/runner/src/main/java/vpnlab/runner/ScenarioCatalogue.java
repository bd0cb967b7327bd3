package vpnlab.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import vpnlab.lab.spec.Location;
import vpnlab.lab.spec.Nearest;
import vpnlab.lab.spec.Problem;
import vpnlab.lab.spec.SpecException;

/** All scenarios below a folder: {@code AREA/NAME/scenario.yaml}. */
public final class ScenarioCatalogue {
  /** The order in which an attempt passes the areas, which is how lists are read. */
  private static final List<String> AREAS =
      List.of(
          "healthy",
          "dns",
          "reachability",
          "tunnel-setup",
          "server-certificate",
          "client-certificate",
          "authentication",
          "peap",
          "authorization",
          "conditional-access",
          "nps",
          "directory",
          "address-assignment",
          "data-path",
          "reconnect",
          "two-faults");

  private final Path root;
  private final ScenarioLoader loader;
  private final Map<String, Path> files;

  private ScenarioCatalogue(Path root, ScenarioLoader loader, Map<String, Path> files) {
    this.root = root;
    this.loader = loader;
    this.files = files;
  }

  /** The scenarios that come with vpnlab. */
  public static ScenarioCatalogue of(Home home) {
    return in(home.scenarios(), home.labs());
  }

  /** Finds the scenarios below {@code root}; reads none yet. */
  public static ScenarioCatalogue in(Path root, Path labs) {
    Map<String, Path> files = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Path file : scenarioFiles(root)) {
      String name = file.toAbsolutePath().getParent().getFileName().toString();
      Path other = files.put(name, file);
      if (other != null) {
        problems.add(
            new Problem(
                new Location(file.toString(), 1, 1),
                "there is another scenario called " + name + ": " + other,
                "rename one of the folders"));
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    return new ScenarioCatalogue(root, new ScenarioLoader(labs), files);
  }

  /** Every {@code scenario.yaml} below a folder, in the order of their paths. */
  public static List<Path> scenarioFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("scenario.yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path root() {
    return root;
  }

  public ScenarioLoader loader() {
    return loader;
  }

  public Collection<String> names() {
    return files.keySet();
  }

  /** Reads the scenario of that name; {@link NoSuchScenarioException} when there is none. */
  public Scenario scenario(String name) {
    Path file = files.get(name);
    if (file == null) {
      throw unknown(name);
    }
    return loader.load(file);
  }

  /**
   * Reads all scenarios that the patterns name ({@code all}, a name, a glob over names such as
   * {@code *-certificate-*}, or the path of a scenario's file or folder), each once, by area.
   */
  public List<Scenario> select(List<String> patterns) {
    Selection selection = read(patterns);
    if (!selection.problems().isEmpty()) {
      throw new SpecException(
          selection.problems().values().stream().flatMap(List::stream).distinct().toList());
    }
    return selection.scenarios();
  }

  /**
   * What was chosen.
   *
   * @param scenarios those that can be read, by area
   * @param problems what keeps the others from being read, by their file
   */
  public record Selection(List<Scenario> scenarios, Map<Path, List<Problem>> problems) {}

  /**
   * Reads all scenarios that the patterns name, as {@link #select}, and goes on behind bad ones.
   */
  public Selection read(List<String> patterns) {
    Set<Path> chosen = new LinkedHashSet<>();
    for (String pattern : patterns) {
      chosen.addAll(filesOf(pattern));
    }
    List<Scenario> scenarios = new ArrayList<>();
    Map<Path, List<Problem>> problems = new LinkedHashMap<>();
    for (Path file : chosen) {
      try {
        scenarios.add(loader.load(file));
      } catch (SpecException e) {
        problems.put(file, e.problems());
      }
    }
    scenarios.sort(
        java.util.Comparator.comparingInt((Scenario s) -> areaOrder(s.area()))
            .thenComparing(s -> s.file().toString()));
    return new Selection(scenarios, problems);
  }

  /** All scenarios, by area. */
  public List<Scenario> all() {
    return select(List.of("all"));
  }

  private static int areaOrder(String area) {
    int index = AREAS.indexOf(area);
    return index < 0 ? AREAS.size() : index;
  }

  private Collection<Path> filesOf(String pattern) {
    if (pattern.equals("all")) {
      return files.values();
    }
    if (files.containsKey(pattern)) {
      return List.of(files.get(pattern));
    }
    if (pattern.contains("*") || pattern.contains("?")) {
      Pattern glob = glob(pattern);
      List<Path> found =
          files.entrySet().stream()
              .filter(entry -> glob.matcher(entry.getKey()).matches())
              .map(Map.Entry::getValue)
              .toList();
      if (found.isEmpty()) {
        throw new NoSuchScenarioException(
            "no scenario's name matches '" + pattern + "'; 'vpnlab list' shows all");
      }
      return found;
    }
    return ofPath(pattern).orElseThrow(() -> unknown(pattern));
  }

  private static Optional<List<Path>> ofPath(String pattern) {
    Path path = Path.of(pattern);
    if (Files.isRegularFile(path)) {
      return Optional.of(List.of(path));
    }
    List<Path> inside = scenarioFiles(path);
    return inside.isEmpty() ? Optional.empty() : Optional.of(inside);
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }

  private NoSuchScenarioException unknown(String name) {
    String nearest =
        Nearest.of(name, files.keySet())
            .map(known -> "did you mean '" + known + "'?")
            .orElse("'vpnlab list' shows all");
    return new NoSuchScenarioException("there is no scenario '" + name + "'; " + nearest);
  }
}
