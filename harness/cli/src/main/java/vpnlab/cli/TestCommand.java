package vpnlab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.features.FeatureResult;
import vpnlab.features.FeatureRunner;
import vpnlab.lab.spec.Problem;
import vpnlab.runner.Home;
import vpnlab.runner.engine.Engines;
import vpnlab.runner.report.ResultTable;
import vpnlab.runner.report.Table;

@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs features: breaks labs, connects, and checks code, cause, stage and evidence.",
      "Without arguments: all that come with vpnlab."
    })
final class TestCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATHS",
      description = "Feature files (dns.feature:12 for one scenario) or folders.")
  private List<String> paths = List.of();

  @Option(
      names = "--tags",
      paramLabel = "EXPR",
      defaultValue = "",
      description = "Only scenarios with these tags, e.g. '@dns or @nps'.")
  private String tags;

  @Option(
      names = "--network",
      defaultValue = "virtual",
      description = "virtual (in memory, virtual time) or sockets (loopback, real time)")
  private Network network;

  @Option(
      names = "--engine-command",
      paramLabel = "CMD",
      defaultValue = "",
      description = "Your own engine: evidence as JSON on stdin, a diagnosis as JSON on stdout.")
  private String engineCommand;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "For features.html and junit.xml; default: target/vpnlab-report in vpnlab's home.")
  private Path report;

  @Option(names = "--jobs", paramLabel = "N", description = "Scenarios that run at the same time.")
  private Integer jobs;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Home home = Home.find();
    if (!engineCommand.isBlank()) {
      Engines.of(engineCommand, Path.of("").toAbsolutePath());
    }
    Path folder = report == null ? home.root().resolve("target/vpnlab-report") : report;
    FeatureRunner.Request request =
        new FeatureRunner.Request(
            paths.isEmpty() ? List.of(home.features().toString()) : paths,
            tags,
            folder,
            network.toString(),
            engineCommand,
            jobs == null ? network.threads() : jobs);
    long began = System.nanoTime();
    List<FeatureResult> results;
    try (Progress progress = Progress.of("testing", -1)) {
      results = FeatureRunner.run(request, result -> progress.step(result.name()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    return print(results, folder, Duration.ofNanos(System.nanoTime() - began));
  }

  private int print(List<FeatureResult> results, Path folder, Duration wall) {
    PrintWriter out = spec.commandLine().getOut();
    if (results.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("vpnlab test: nothing was executed; check the paths and --tags");
      return ExitCode.NOTHING_EXECUTED;
    }
    Map<Path, List<Problem>> wrong = new LinkedHashMap<>();
    results.stream()
        .filter(result -> !result.problems().isEmpty())
        .forEach(result -> wrong.put(Path.of(result.place()), result.problems()));
    FileProblems unreadable = new FileProblems(wrong);
    unreadable.print(spec.commandLine());
    for (FeatureResult result : results) {
      if (!result.passed() && result.problems().isEmpty()) {
        out.println("FAILED " + result.name() + " (" + result.place() + ")");
        out.println(result.complaint().stripTrailing().indent(2));
      }
    }
    out.println(table(results));
    long passed = results.stream().filter(FeatureResult::passed).count();
    Duration inLab =
        results.stream()
            .flatMap(result -> result.attempts().stream())
            .map(FeatureResult.Attempt::inLab)
            .reduce(Duration.ZERO, Duration::plus);
    out.println(
        "%d scenarios: %d passed, %d failed"
            .formatted(results.size(), passed, results.size() - passed));
    out.println(ResultTable.ratio(inLab, wall));
    out.println("report: " + folder.resolve("features.html"));
    unreadable.remind(spec.commandLine(), "not played");
    if (unreadable.count() > 0) {
      return ExitCode.USAGE;
    }
    return passed == results.size() ? ExitCode.AS_EXPECTED : ExitCode.MISSED;
  }

  private static Table table(List<FeatureResult> results) {
    Table table = new Table("", "SCENARIO", "CODE", "CAUSE", "CLIENT SEES", "LAB TIME");
    for (FeatureResult result : results) {
      String verdict = result.passed() ? "ok" : "FAILED";
      if (result.attempts().isEmpty()) {
        table.row(verdict, result.name(), "-", "-", "-", "-");
      }
      String name = result.name();
      for (FeatureResult.Attempt attempt : result.attempts()) {
        table.row(
            verdict,
            attempt.title().isEmpty() ? name : "  " + attempt.title(),
            attempt.code(),
            attempt.cause(),
            clientSees(attempt),
            ResultTable.seconds(attempt.inLab()));
      }
    }
    return table;
  }

  private static String clientSees(FeatureResult.Attempt attempt) {
    if (attempt.client().equals(attempt.cause())) {
      return "the same";
    }
    int candidates = attempt.client().split(" \\| ", -1).length;
    return candidates > 1 ? "one of " + candidates : attempt.client();
  }
}
