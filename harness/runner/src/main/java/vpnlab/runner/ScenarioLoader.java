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
import java.util.concurrent.ConcurrentHashMap;
import vpnlab.lab.spec.ClientSpec;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.Location;
import vpnlab.lab.spec.Nearest;
import vpnlab.lab.spec.NetworkSpec;
import vpnlab.lab.spec.PatchCheck;
import vpnlab.lab.spec.Problem;
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
  private final Map<Path, LabFile> read = new ConcurrentHashMap<>();

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

  /**
   * The document of a healthy lab by its name, or by its path when it ends in {@code .yaml}.
   *
   * @throws SpecException when the lab is wrong by itself, before anything is merged into it
   */
  public SpecNode.Mapping lab(String name, Path relativeTo) {
    LabFile lab = labFile(name, relativeTo);
    if (!lab.problems().isEmpty()) {
      throw new SpecException(lab.problems());
    }
    return lab.document();
  }

  /** A lab's file, read once for all scenarios on it. */
  private record LabFile(SpecNode.Mapping document, List<Problem> problems) {
    static LabFile read(Path file) {
      try {
        SpecNode.Mapping document = SpecFile.read(file);
        LabSpec.of(document);
        return new LabFile(document, List.of());
      } catch (SpecException e) {
        return new LabFile(NOTHING, e.problems());
      }
    }
  }

  /** In place of a lab that cannot be read, so that the rest of a scenario is read all the same. */
  private static final SpecNode.Mapping NOTHING =
      SpecNode.Mapping.empty(new Location("nowhere", 1, 1));

  private LabFile labFile(String name, Path relativeTo) {
    return read.computeIfAbsent(labPath(name, relativeTo), LabFile::read);
  }

  private Path labPath(String name, Path relativeTo) {
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
    Optional<SpecNode.Mapping> sound = labDocument(r, lab, folder);
    SpecNode.Mapping labDocument = given(r, sound.orElse(NOTHING));
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
    if (sound.isPresent()) {
      checkPatches(r, labDocument, faults);
      checkAgainstLab(r, labDocument, faults, before, attempt, heals);
      patchedLab(r, labDocument).ifPresent(given -> checkMoves(r, given, moves));
    }
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
                r.note(lab == NOTHING ? List.of() : PatchCheck.of(lab, patch));
                return (SpecNode.Mapping) lab.patchedBy(patch);
              }
              r.problem("given", "must be a map, a patch on the lab", "");
              return lab;
            })
        .orElse(lab);
  }

  /** The lab's document; empty when there is none, which is noted. */
  private Optional<SpecNode.Mapping> labDocument(SpecReader r, String lab, Path folder) {
    if (lab.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.exists(labPath(lab, folder))) {
      r.problem(
          "lab",
          "'" + lab + "' does not exist",
          labNames().isEmpty()
              ? "there is no lab in " + labs
              : Nearest.suggestion(lab, labNames()));
      return Optional.empty();
    }
    LabFile file = labFile(lab, folder);
    r.note(file.problems());
    return file.problems().isEmpty() ? Optional.of(file.document()) : Optional.empty();
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

  /** Each fault is merged into what the ones before it have left. */
  private static void checkPatches(
      SpecReader r, SpecNode.Mapping lab, Map<String, SpecNode.Mapping> faults) {
    SpecNode document = lab;
    for (SpecNode.Mapping patch : faults.values()) {
      r.note(PatchCheck.of(document, patch));
      document = document.patchedBy(patch);
    }
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
    patchedLab(r, Scenario.patched(labDocument, faults, List.of()))
        .ifPresent(
            lab -> {
              before.forEach(other -> checkAttempt(r, "before", lab, other));
              checkAttempt(r, "attempt", lab, attempt);
            });
    Set<String> healed = new HashSet<>();
    for (Scenario.Healing step : heals) {
      healed.addAll(step.heal());
      patchedLab(r, Scenario.patched(labDocument, faults, healed));
    }
  }

  /** A lab with this scenario's patches; empty when they break more than a lab can be broken. */
  private static Optional<LabSpec> patchedLab(SpecReader r, SpecNode.Mapping document) {
    try {
      return Optional.of(LabSpec.of(document));
    } catch (SpecException e) {
      String file = r.location().file();
      r.note(
          e.problems().stream()
              .map(
                  problem -> problem.location().file().equals(file) ? problem : ofPatch(r, problem))
              .toList());
      return Optional.empty();
    }
  }

  /** The lab is right by itself: what is wrong there now is the doing of this scenario. */
  private static Problem ofPatch(SpecReader r, Problem inLab) {
    return new Problem(
        r.location(r.has("faults") ? "faults" : "given"),
        "merged into the lab, contradicts " + inLab.location() + ": " + inLab.message(),
        inLab.suggestion());
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
