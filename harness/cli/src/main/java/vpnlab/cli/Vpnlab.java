package vpnlab.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import vpnlab.lab.spec.Problem;
import vpnlab.lab.spec.SpecException;
import vpnlab.runner.NoSuchScenarioException;
import vpnlab.runner.engine.EngineException;

/** The command line of vpnlab. */
@Command(
    name = "vpnlab",
    mixinStandardHelpOptions = true,
    version = "vpnlab 0.1.0",
    header = "A VPN lab that breaks on purpose, and the harness that proves a diagnosis right.",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:as expected",
      "1:an expectation was missed (or 'diagnose' found a fault)",
      "2:the command line or a file is wrong",
      "3:the environment is in the way (a port, a program, a fault that did not take)",
      "4:nothing was executed"
    },
    footer = {"", "Results go to stdout, logs to stderr. NO_COLOR is honoured."},
    subcommands = {
      TestCommand.class,
      RunCommand.class,
      ListCommand.class,
      CoverageCommand.class,
      ShowCommand.class,
      ValidateCommand.class,
      UpCommand.class,
      DiagnoseCommand.class,
      ExplainCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Vpnlab implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The command line with vpnlab's manners: one line for every error, no stack traces. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Vpnlab());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    if (System.getenv("NO_COLOR") != null) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }
    line.setParameterExceptionHandler(Vpnlab::wrongUsage);
    line.setExecutionExceptionHandler((e, command, result) -> failure(e, command));
    return line;
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String message = e.getMessage().lines().findFirst().orElse("wrong usage");
    if (e instanceof UnmatchedArgumentException unmatched) {
      String nearest =
          unmatched.getSuggestions().stream()
              .findFirst()
              .map(known -> "; did you mean '" + known + "'?")
              .orElse("");
      message += nearest;
    }
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + message + " ('" + name + " --help' shows all)");
    return ExitCode.USAGE;
  }

  private static int failure(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (System.getenv("VPNLAB_DEBUG") != null) {
      e.printStackTrace(err);
    }
    if (e instanceof SpecException wrongFile) {
      for (Problem problem : wrongFile.problems()) {
        err.println(name + ": " + problem);
      }
      return ExitCode.USAGE;
    }
    if (e instanceof UsageException || e instanceof NoSuchScenarioException) {
      err.println(name + ": " + e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof EngineException engine) {
      err.println(name + ": " + e.getMessage());
      return engine.notFound() ? ExitCode.USAGE : ExitCode.ENVIRONMENT;
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    err.println(
        name
            + ": "
            + message.lines().findFirst().orElse("")
            + " ("
            + e.getClass().getSimpleName()
            + "; VPNLAB_DEBUG=1 shows where)");
    return ExitCode.ENVIRONMENT;
  }
}
