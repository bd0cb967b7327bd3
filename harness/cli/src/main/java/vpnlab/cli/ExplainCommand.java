package vpnlab.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.evidence.RasError;
import vpnlab.lab.spec.Nearest;
import vpnlab.runner.Causes;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Explains a Windows error code (13801, 0x800B0109) or a diagnostic rule.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CODE|RULE", description = "A number, a symbol, or a rule's id.")
  private String subject;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    var page = Causes.page(subject);
    if (page.isPresent()) {
      out.println(page.get());
      return ExitCode.AS_EXPECTED;
    }
    RasError error = RasError.parse(subject).filter(RasError::known).orElseThrow(this::unknown);
    out.println(error.code() + " " + error.symbol());
    out.println();
    out.println(error.meaning());
    out.println();
    List<String> causes = Causes.explaining(error.code());
    if (causes.isEmpty()) {
      out.println("No rule of this version looks into it.");
    } else {
      out.println("A code is not a cause. These can end in it ('vpnlab explain RULE' says more):");
      causes.forEach(cause -> out.println("- " + cause));
    }
    return ExitCode.AS_EXPECTED;
  }

  private UsageException unknown() {
    String nearest = Nearest.suggestion(subject, Causes.codes().keySet());
    return new UsageException(
        "'"
            + subject
            + "' is neither a known error code nor a rule; "
            + (nearest.isEmpty() ? "'vpnlab list' shows causes" : nearest));
  }
}
