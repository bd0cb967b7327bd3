package vpnlab.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import vpnlab.lab.spec.ClientSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.Nearest;
import vpnlab.lab.spec.NetworkSpec;
import vpnlab.lab.spec.SpecException;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;
import vpnlab.lab.spec.SpecReader;
import vpnlab.wire.ip.Ipv4Network;

/**
 * Reads a {@code scenario.yaml} strictly and checks it against its lab. All errors are {@link
 * SpecException}s that name file, line and the nearest known name.
 */
public final class ScenarioLoader {
  private final Path labs;

  /**
   * @param labs the folder of the healthy labs
   */
  public ScenarioLoader(Path labs) {
    this.labs = labs;
  }

  /** Reads one scenario. */
  public Scenario load(Path file) {
    return read(file, SpecFile.read(file));
  }

  Scenario read(Path file, SpecNode.Mapping document) {
    return SpecReader.bind(document, r -> bind(file, r));
  }

  /** The document of a healthy lab by its name, or by its path when it ends in {@code .yaml}. */
  public SpecNode.Mapping lab(String name, Path relativeTo) {
    return SpecFile.read(labFile(name, relativeTo));
  }

  private Path labFile(String name, Path relativeTo) {
    return name.endsWith(".yaml") || name.endsWith(".yml")
        ? relativeTo.resolve(name).normalize()
        : labs.resolve(name + ".yaml");
  }

  private Scenario bind(Path file, SpecReader r) {
    String name = r.requiredText("name");
    Path folder = file.toAbsolutePath().getParent();
    if (file.endsWith("scenario.yaml") && !folder.getFileName().toString().equals(name)) {
      r.problem("name", "'" + name + "' is not the name of its folder", "rename one: " + folder);
    }
    Map<String, String> title = title(r);
    String summary = r.text("summary", "");
    String lab = r.requiredText("lab");
    SpecNode.Mapping labDocument = given(r, labDocument(r, lab, folder));
    Map<String, SpecNode.Mapping> faults = faults(r);
    List<Attempt> before = r.list("before", Attempt::of);
    Attempt attempt = r.map("attempt", Attempt::of);
    List<Move> moves = r.list("moves", Move::of);
    List<Probe> probes = r.list("probes", Probe::of);
    Duration limit = r.duration("limit", Duration.ofSeconds(180));
    Expectation expect = r.map("expect", Expectation::of);
    List<Scenario.Healing> heals = r.list("heals", h -> healing(h, faults));
    Optional<Scenario.Source> source =
        r.has("source")
            ? Optional.of(
                r.map(
                    "source",
                    s -> new Scenario.Source(s.requiredText("document"), s.text("section", ""))))
            : Optional.empty();
    OptionalLong seed =
        r.has("seed")
            ? OptionalLong.of(r.integer("seed", 0, 0, Integer.MAX_VALUE))
            : OptionalLong.empty();
    checkAgainstLab(r, labDocument, faults, before, attempt, heals);
    checkMoves(r, LabSpec.of(labDocument), moves);
    return new Scenario(
        file,
        Optional.ofNullable(folder.getParent().getFileName()).map(Path::toString).orElse(""),
        name,
        title,
        summary,
        lab,
        labDocument,
        faults,
        before,
        attempt,
        moves,
        probes,
        limit,
        expect,
        heals,
        r.texts("rows"),
        source,
        r.text("notes", ""),
        seed);
  }

  private static Map<String, String> title(SpecReader r) {
    Map<String, String> title = r.textMap("title");
    if (!title.containsKey("en")) {
      r.problem("title", "lacks 'en'", "write title: { en: … }");
    }
    return title;
  }

  private static SpecNode.Mapping given(SpecReader r, SpecNode.Mapping lab) {
    return r.node("given")
        .map(
            patch -> {
              if (patch instanceof SpecNode.Mapping) {
                return (SpecNode.Mapping) lab.patchedBy(patch);
              }
              r.problem("given", "must be a map, a patch on the lab", "");
              return lab;
            })
        .orElse(lab);
  }

  private SpecNode.Mapping labDocument(SpecReader r, String lab, Path folder) {
    if (!lab.isEmpty() && !Files.exists(labFile(lab, folder))) {
      r.problem("lab", "'" + lab + "' does not exist", Nearest.suggestion(lab, labNames()));
      throw new IllegalStateException("the lab's problem has been noted");
    }
    return lab(lab, folder);
  }

  /** Names of the healthy labs. */
  public List<String> labNames() {
    try (var files = Files.list(labs)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".yaml"))
          .map(file -> file.substring(0, file.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (java.io.IOException e) {
      return List.of();
    }
  }

  private static Map<String, SpecNode.Mapping> faults(SpecReader r) {
    Map<String, SpecNode.Mapping> faults = new LinkedHashMap<>();
    Optional<SpecNode> written = r.node("faults");
    if (written.isPresent() && written.get() instanceof SpecNode.Mapping map) {
      map.entries()
          .forEach(
              (name, patch) -> {
                if (patch instanceof SpecNode.Mapping mapping) {
                  faults.put(name, mapping);
                } else {
                  r.problem("faults", "'" + name + "' must be a map, a patch on the lab", "");
                }
              });
    } else if (written.isPresent()) {
      r.problem("faults", "must be a map of patches by name", "");
    }
    return faults;
  }

  private static Scenario.Healing healing(SpecReader r, Map<String, SpecNode.Mapping> faults) {
    List<String> heal = r.texts("heal");
    if (heal.isEmpty()) {
      r.problem("heal", "must name at least one fault", "");
    }
    for (String fault : heal) {
      if (!faults.containsKey(fault)) {
        r.problem(
            "heal",
            "names the fault '" + fault + "', which this scenario does not have",
            Nearest.suggestion(fault, faults.keySet()));
      }
    }
    return new Scenario.Healing(heal, r.map("expect", Expectation::of));
  }

  private static void checkAgainstLab(
      SpecReader r,
      SpecNode.Mapping labDocument,
      Map<String, SpecNode.Mapping> faults,
      List<Attempt> before,
      Attempt attempt,
      List<Scenario.Healing> heals) {
    LabSpec lab = LabSpec.of(Scenario.patched(labDocument, faults, List.of()));
    before.forEach(other -> checkAttempt(r, "before", lab, other));
    checkAttempt(r, "attempt", lab, attempt);
    Set<String> healed = new HashSet<>();
    for (Scenario.Healing step : heals) {
      healed.addAll(step.heal());
      LabSpec.of(Scenario.patched(labDocument, faults, healed));
    }
  }

  private static void checkMoves(SpecReader r, LabSpec lab, List<Move> moves) {
    for (Move move : moves) {
      if (!lab.clients().containsKey(move.client())) {
        r.problem(
            "moves",
            "names the client '" + move.client() + "', which the lab does not have",
            Nearest.suggestion(move.client(), lab.clients().keySet()));
      }
      NetworkSpec.SegmentSpec segment = lab.network().segments().get(move.to());
      if (segment == null) {
        r.problem(
            "moves",
            "names the segment '" + move.to() + "', which the lab does not have",
            Nearest.suggestion(move.to(), lab.network().segments().keySet()));
      } else if (!Ipv4Network.parse(segment.subnet()).contains(move.address())) {
        r.problem(
            "moves",
            "gives the address " + move.address() + ", which is not in " + segment.subnet(),
            "write an address of the segment " + move.to());
      }
    }
  }

  private static void checkAttempt(SpecReader r, String key, LabSpec lab, Attempt attempt) {
    ClientSpec client = lab.clients().get(attempt.client());
    if (client == null) {
      r.problem(
          key,
          "names the client '" + attempt.client() + "', which the lab does not have",
          Nearest.suggestion(attempt.client(), lab.clients().keySet()));
    } else if (!client.profiles().containsKey(attempt.profile())) {
      r.problem(
          key,
          "names the profile '" + attempt.profile() + "', which " + attempt.client() + " lacks",
          Nearest.suggestion(attempt.profile(), client.profiles().keySet()));
    }
  }
}
