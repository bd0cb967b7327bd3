package vpnlab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.evidence.Vantage;
import vpnlab.files.EvidenceExport;
import vpnlab.files.EvidenceExport.NpsLogFormat;
import vpnlab.runner.Home;
import vpnlab.runner.RunSettings;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioResult.Phase;
import vpnlab.runner.ScenarioResult.Verdict;
import vpnlab.runner.ScenarioRunner;
import vpnlab.runner.SeedSweep;
import vpnlab.runner.engine.Engines;
import vpnlab.runner.report.Artefacts;
import vpnlab.runner.report.Ladder;
import vpnlab.runner.report.MismatchReport;
import vpnlab.runner.report.ResultJson;
import vpnlab.runner.report.ResultTable;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs scenarios and compares the diagnosis with what each expects.")
final class RunCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "SCENARIO",
      description = "Names, globs such as 'healthy-*', paths of scenario files, or 'all'.")
  private List<String> patterns;

  @Option(
      names = "--network",
      defaultValue = "virtual",
      description = "virtual (in memory, virtual time) or sockets (loopback, real time)")
  private Network network;

  @Option(names = "--seed", paramLabel = "N", description = "For all scenarios; default: its own.")
  private Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Dials with each of the seeds 1 to N and counts the outcomes; what is neither as expected"
              + " nor 809 is bad.")
  private Integer seeds;

  @Option(names = "--format", defaultValue = "table", description = "table or json")
  private Format format;

  @Option(names = "--trace", description = "Prints what happened as a ladder diagram.")
  private boolean trace;

  @Option(
      names = "--engine-command",
      paramLabel = "CMD",
      description = "Your own engine: evidence as JSON on stdin, a diagnosis as JSON on stdout.")
  private String engineCommand;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Writes captures (pcapng), evidence, transcripts and results there.")
  private Path report;

  @Option(
      names = "--evidence",
      paramLabel = "DIR",
      description =
          "Writes what an administrator sees there as Windows would: events as XML, NPS's log,"
              + " captures; 'diagnose --evidence' reads it.")
  private Path evidence;

  @Option(
      names = "--nps-log-format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "With --evidence: csv (database-compatible) or xml (DTS-compliant)")
  private NpsLogFormat npsLogFormat;

  @Option(names = "--jobs", paramLabel = "N", description = "Labs that run at the same time.")
  private Integer jobs;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ScenarioCatalogue.Selection selection = ScenarioCatalogue.of(Home.find()).read(patterns);
    FileProblems unreadable = new FileProblems(selection.problems());
    unreadable.print(spec.commandLine());
    List<Scenario> scenarios = selection.scenarios();
    if (scenarios.isEmpty() && unreadable.count() > 0) {
      return ExitCode.USAGE;
    }
    int exitCode = run(scenarios);
    unreadable.remind(spec.commandLine(), "not run");
    return unreadable.count() > 0 ? ExitCode.USAGE : exitCode;
  }

  private int run(List<Scenario> scenarios) {
    DiagnosticEngine engine = Engines.of(engineCommand, Path.of("").toAbsolutePath());
    OptionalLong chosen = seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    RunSettings settings = new RunSettings(network.kind(), chosen, engine);
    long began = System.nanoTime();
    if (seeds != null) {
      return sweep(scenarios, settings);
    }
    List<ScenarioResult> results;
    try (Progress progress = Progress.of("running", scenarios.size())) {
      results =
          ScenarioRunner.runAll(
              scenarios,
              settings,
              jobs == null ? network.threads() : jobs,
              result -> progress.step(result.scenario().name()));
    }
    print(results);
    if (report != null) {
      Artefacts.write(report, results);
      spec.commandLine().getErr().println("artefacts: " + report);
    }
    if (evidence != null) {
      export(results);
    }
    spec.commandLine()
        .getErr()
        .println(ResultTable.ratio(results, Duration.ofNanos(System.nanoTime() - began)));
    return exitCode(results);
  }

  private int sweep(List<Scenario> scenarios, RunSettings settings) {
    if (seeds < 1 || seed != null) {
      throw new ParameterException(
          spec.commandLine(), "--seeds takes a number from 1 on, and goes without --seed");
    }
    long began = System.nanoTime();
    int bad = 0;
    for (Scenario scenario : scenarios) {
      SeedSweep sweep;
      try (Progress progress = Progress.of(scenario.name(), seeds)) {
        sweep =
            SeedSweep.run(
                scenario,
                settings,
                seeds,
                jobs == null ? network.threads() : jobs,
                () -> progress.step(""));
      }
      SeedReport.print(spec.commandLine().getOut(), sweep);
      bad += sweep.bad().size();
    }
    spec.commandLine().getErr().printf("%.1f s of wall time%n", (System.nanoTime() - began) / 1e9);
    return scenarios.isEmpty()
        ? ExitCode.NOTHING_EXECUTED
        : bad == 0 ? ExitCode.AS_EXPECTED : ExitCode.MISSED;
  }

  /** A folder for each scenario, with the first attempt's evidence. */
  private void export(List<ScenarioResult> results) {
    for (ScenarioResult result : results) {
      Path folder = evidence.resolve(result.scenario().name());
      try {
        EvidenceExport.write(
            folder,
            result.first().observations().get(Vantage.ADMINISTRATOR).evidence(),
            npsLogFormat);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the evidence to " + folder, e);
      }
    }
    spec.commandLine()
        .getErr()
        .println("evidence: " + evidence + " (the times of NPS's log are UTC: --zone UTC)");
  }

  private void print(List<ScenarioResult> results) {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(ResultJson.results(results));
      return;
    }
    for (ScenarioResult result : results) {
      if (trace) {
        for (Phase phase : result.phases()) {
          out.println(result.scenario().name() + " (" + phase.title() + "), seed " + result.seed());
          out.println();
          out.println(Ladder.of(phase.transcript()));
          MismatchReport.diagnoses(phase)
              .forEach(
                  (vantage, diagnosis) -> {
                    out.println(
                        "  what the "
                            + vantage.name().toLowerCase(java.util.Locale.ROOT)
                            + "'s evidence says");
                    out.println(MismatchReport.findings(diagnosis));
                  });
        }
      }
      out.print(MismatchReport.of(result));
    }
    out.print(ResultTable.of(results));
    out.flush();
  }

  private static int exitCode(List<ScenarioResult> results) {
    if (results.isEmpty()) {
      return ExitCode.NOTHING_EXECUTED;
    }
    if (results.stream().anyMatch(result -> result.verdict() == Verdict.MISSED)) {
      return ExitCode.MISSED;
    }
    return results.stream().allMatch(ScenarioResult::asExpected)
        ? ExitCode.AS_EXPECTED
        : ExitCode.ENVIRONMENT;
  }
}
