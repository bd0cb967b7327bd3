package vpnlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vpnlab.diagnosis.engine.Explanations;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Explains a Windows error (13801, 0x800B0109, ERROR_VPN_TIMEOUT), a cause or rule",
      "(server-certificate-expired), or an NPS reason code ('nps 16')."
    })
final class ExplainCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "CODE|RULE", description = "What you want to know of.")
  private String[] words;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String query = String.join(" ", words);
    String text =
        Explanations.explain(query)
            .orElseThrow(
                () ->
                    new UsageException(
                        "nothing is known of '"
                            + query
                            + "'; nearest: "
                            + String.join(", ", Explanations.nearest(query))));
    spec.commandLine().getOut().println(text);
    return ExitCode.AS_EXPECTED;
  }
}
