package vpnlab.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.lab.spec.Nearest;
import vpnlab.runner.FailureMode;
import vpnlab.runner.Home;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.report.Table;

@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    description = {
      "Lists every known way in which remote access fails (scenarios/failure-modes.csv) with the",
      "scenarios that show it, or says that there is none."
    })
final class CoverageCommand implements Callable<Integer> {
  @Option(names = "--missing", description = "Only those without a scenario.")
  private boolean missing;

  @Option(
      names = "--tunnel",
      paramLabel = "TYPE",
      description = "Only those of that tunnel: ikev2, sstp, l2tp, pptp, automatic.")
  private String tunnel;

  @Option(names = "--format", defaultValue = "table", description = "table or json")
  private Format format;

  @Spec private CommandSpec spec;

  private record Row(FailureMode mode, List<String> scenarios) {
    boolean covered() {
      return !scenarios.isEmpty();
    }

    boolean failure() {
      return mode.kind().equals(FailureMode.FAILURE);
    }
  }

  @Override
  public Integer call() {
    Home home = Home.find();
    Map<String, FailureMode> modes = FailureMode.read(home.failureModes());
    Map<String, List<String>> scenarios = new LinkedHashMap<>();
    ScenarioCatalogue.Selection selection = ScenarioCatalogue.of(home).read(List.of("all"));
    FileProblems unreadable = new FileProblems(selection.problems());
    unreadable.print(spec.commandLine());
    for (Scenario scenario : selection.scenarios()) {
      for (String row : scenario.rows()) {
        if (!modes.containsKey(row)) {
          throw new UsageException(
              "%s names the unknown failure mode '%s'; %s"
                  .formatted(scenario.file(), row, Nearest.suggestion(row, modes.keySet())));
        }
        scenarios.computeIfAbsent(row, id -> new ArrayList<>()).add(scenario.name());
      }
    }
    List<Row> rows =
        modes.values().stream()
            .filter(this::wanted)
            .map(mode -> new Row(mode, scenarios.getOrDefault(mode.id(), List.of())))
            .toList();
    print(rows, rows.stream().filter(row -> !missing || !row.covered()).toList());
    return unreadable.count() > 0 ? ExitCode.USAGE : ExitCode.AS_EXPECTED;
  }

  private boolean wanted(FailureMode mode) {
    if (tunnel == null) {
      return true;
    }
    List<String> known = List.of("ikev2", "sstp", "l2tp", "pptp", "automatic");
    if (!known.contains(tunnel)) {
      throw new UsageException(
          "--tunnel: cannot be '" + tunnel + "'; " + Nearest.suggestion(tunnel, known));
    }
    List<String> tunnels = List.of(mode.tunnels().split("\\+"));
    return tunnels.contains(tunnel) || tunnels.contains("all");
  }

  private static long count(List<Row> rows, boolean failure, boolean covered) {
    return rows.stream()
        .filter(row -> row.failure() == failure && (row.covered() || !covered))
        .count();
  }

  private void print(List<Row> all, List<Row> shown) {
    if (format == Format.JSON) {
      spec.commandLine().getOut().println(json(all, shown));
      return;
    }
    Table table = new Table("FAILURE MODE", "TUNNELS", "CODE", "WHAT", "SCENARIOS");
    for (Row row : shown) {
      FailureMode mode = row.mode();
      table.row(
          mode.id(),
          mode.tunnels(),
          mode.code().isEmpty() ? "-" : mode.code(),
          mode.description() + (row.failure() ? "" : " (" + mode.kind() + ")"),
          row.covered() ? String.join(", ", row.scenarios()) : "none");
    }
    var out = spec.commandLine().getOut();
    out.print(table);
    out.printf(
        "%n%d of %d failures have scenarios; of %d checks and preconditions %d%n",
        count(all, true, true),
        count(all, true, false),
        count(all, false, false),
        count(all, false, true));
    out.flush();
  }

  private static String json(List<Row> all, List<Row> shown) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("failures", count(all, true, false));
    json.put("failuresCovered", count(all, true, true));
    json.put("others", count(all, false, false));
    json.put("othersCovered", count(all, false, true));
    List<Object> rows = new ArrayList<>();
    for (Row row : shown) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", row.mode().id());
      one.put("kind", row.mode().kind());
      one.put("tunnels", List.of(row.mode().tunnels().split("\\+")));
      one.put("stage", row.mode().stage());
      one.put("code", row.mode().code());
      one.put("cause", row.mode().cause());
      one.put("description", row.mode().description());
      one.put("scenarios", row.scenarios());
      rows.add(one);
    }
    json.put("modes", rows);
    return JsonMapper.builder().build().writeValueAsString(json);
  }
}
