package vpnlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.runner.Home;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.report.ResultJson;
import vpnlab.runner.report.Table;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the scenarios: what each expects of the client and the administrator.")
final class ListCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SCENARIO",
      description = "Names or globs such as '*-certificate-*'; all when left out.")
  private List<String> patterns = List.of("all");

  @Option(names = "--format", defaultValue = "table", description = "table or json")
  private Format format;

  @Option(names = "--language", defaultValue = "en", description = "Of the titles: en or ja.")
  private String language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ScenarioCatalogue.Selection selection = ScenarioCatalogue.of(Home.find()).read(patterns);
    FileProblems unreadable = new FileProblems(selection.problems());
    unreadable.print(spec.commandLine());
    print(selection.scenarios());
    return unreadable.count() > 0 ? ExitCode.USAGE : ExitCode.AS_EXPECTED;
  }

  private void print(List<Scenario> scenarios) {
    if (format == Format.JSON) {
      spec.commandLine().getOut().println(ResultJson.scenarios(scenarios));
      return;
    }
    Table table = new Table("SCENARIO", "CODE", "CAUSE", "TITLE");
    for (Scenario scenario : scenarios) {
      table.row(
          scenario.name(),
          scenario.expect().client().code(),
          scenario.expect().administrator().causesInBrief(),
          scenario.title(language));
    }
    spec.commandLine().getOut().print(table);
    spec.commandLine().getOut().flush();
  }
}
