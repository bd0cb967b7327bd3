package vpnlab.cli;

import java.io.PrintWriter;
import java.util.List;
import vpnlab.runner.SeedSweep;

/** What {@code run --seeds} prints. */
final class SeedReport {
  private static final int MOST_NAMED = 20;

  private SeedReport() {}

  static void print(PrintWriter out, SeedSweep sweep) {
    out.printf("%s: %,d seeds%n", sweep.scenario().name(), sweep.outcomes().size());
    sweep
        .counts()
        .forEach(
            (code, count) ->
                out.printf(
                    "  %-22s %,9d  %6.2f %%  the longest took %.1f s of lab time%n",
                    meaning(code),
                    count,
                    100.0 * count / sweep.outcomes().size(),
                    sweep.longest(code).toMillis() / 1000.0));
    sweep.counts().keySet().stream()
        .filter(code -> code > 0)
        .forEach(code -> out.printf("  %s with the seeds %s%n", meaning(code), some(sweep, code)));
    List<SeedSweep.Outcome> bad = sweep.bad();
    if (bad.isEmpty()) {
      out.println("  none ended otherwise");
    }
    for (SeedSweep.Outcome outcome : bad.subList(0, Math.min(bad.size(), MOST_NAMED))) {
      out.printf(
          "  seed %d: %s%s%n",
          outcome.seed(),
          meaning(outcome.code()),
          outcome.trouble().isEmpty() ? "" : ", " + outcome.trouble());
    }
    out.printf(
        "  %sreplay one: vpnlab run %s --seed %d --trace%n",
        bad.isEmpty() ? "" : "%,d bad; ".formatted(bad.size()),
        sweep.scenario().name(),
        bad.isEmpty() ? 1 : bad.get(0).seed());
    out.flush();
  }

  /** The first seeds that ended with the code. */
  private static String some(SeedSweep sweep, int code) {
    List<String> seeds =
        sweep.outcomes().stream()
            .filter(outcome -> outcome.code() == code)
            .map(outcome -> Long.toString(outcome.seed()))
            .toList();
    return String.join(", ", seeds.subList(0, Math.min(seeds.size(), MOST_NAMED)))
        + (seeds.size() > MOST_NAMED ? ", …" : "");
  }

  private static String meaning(int code) {
    return code == 0 ? "connected" : code < 0 ? "no outcome" : "error " + code;
  }
}
