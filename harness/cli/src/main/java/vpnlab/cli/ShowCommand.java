package vpnlab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.runner.Expected;
import vpnlab.runner.Home;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.runner.report.ResultJson;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a scenario: its page for people, its file, and what it expects.")
final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SCENARIO", description = "Its name, or the path of its file.")
  private String name;

  @Option(names = "--format", defaultValue = "table", description = "table or json")
  private Format format;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Scenario scenario = ScenarioCatalogue.of(Home.find()).select(java.util.List.of(name)).get(0);
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(ResultJson.pretty(ResultJson.scenario(scenario)));
      return ExitCode.AS_EXPECTED;
    }
    Path readme = scenario.file().resolveSibling("README.md");
    if (Files.isRegularFile(readme)) {
      out.println(Files.readString(readme).strip());
    } else {
      out.println("# " + scenario.title("en"));
    }
    out.println();
    out.println("## The file " + scenario.file());
    out.println();
    out.println(Files.readString(scenario.file()).strip().indent(4).stripTrailing());
    out.println();
    out.println("## In short");
    out.println();
    expectation(out, "client", scenario.expect().client());
    expectation(out, "administrator", scenario.expect().administrator());
    out.println("- run it: ./vpnlab run " + scenario.name() + " --trace");
    return ExitCode.AS_EXPECTED;
  }

  private static void expectation(PrintWriter out, String who, Expected expected) {
    out.println(
        "- %s: code %d at stage %s, %s"
            .formatted(who, expected.code(), expected.stage().id(), expected.causesInBrief()));
  }
}
