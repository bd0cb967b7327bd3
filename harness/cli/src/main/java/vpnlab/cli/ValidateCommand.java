package vpnlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.lab.spec.Nearest;
import vpnlab.lab.spec.Problem;
import vpnlab.runner.CatalogueCheck;
import vpnlab.runner.Causes;
import vpnlab.runner.FailureMode;
import vpnlab.runner.Home;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.ScenarioLoader;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks scenario and lab files without running them.",
      "Without arguments: the whole catalogue, with the rules that hold for it as a whole."
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|DIR", description = "A scenario's file, a lab's file, or folders.")
  private List<Path> paths = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Home home = Home.find();
    CatalogueCheck check = new CatalogueCheck(Causes.codes(), modes(home));
    ScenarioLoader loader = new ScenarioLoader(home.labs());
    Map<Path, List<Problem>> problems = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    for (Path path : paths.isEmpty() ? List.of(home.scenarios()) : paths) {
      if (!Files.exists(path)) {
        throw new UsageException("there is no " + path + suggestion(path));
      }
      List<Path> found = CatalogueCheck.files(path);
      if (found.isEmpty()) {
        throw new UsageException(
            path + " has no scenario.yaml and no labs/*.yaml; give a file or another folder");
      }
      files.addAll(found);
      problems.putAll(check.path(path, loader));
    }
    if (paths.isEmpty() && problems.isEmpty()) {
      List<Problem> together = check.catalogue(ScenarioCatalogue.of(home).all());
      if (!together.isEmpty()) {
        problems.put(home.scenarios(), together);
      }
    }
    FileProblems found = new FileProblems(problems);
    found.print(spec.commandLine().getErr(), "");
    String verdict = problems.isEmpty() ? "all good" : count(found.count(), "problem");
    spec.commandLine().getOut().println(count(files.size(), "file") + ": " + verdict);
    return problems.isEmpty() ? ExitCode.AS_EXPECTED : ExitCode.USAGE;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** A catalogue of somebody's own may have none. */
  private static Set<String> modes(Home home) {
    return Files.exists(home.failureModes())
        ? FailureMode.read(home.failureModes()).keySet()
        : Set.of();
  }

  private static String suggestion(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "; nor is there a folder " + folder;
    }
    try (var files = Files.list(folder)) {
      String nearest =
          Nearest.suggestion(
              path.getFileName().toString(),
              files.map(file -> file.getFileName().toString()).toList());
      return nearest.isEmpty() ? "; look into " + folder : "; " + nearest;
    } catch (java.io.IOException e) {
      return "";
    }
  }
}
