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
    if (!bad.isEmpty()) {
      out.printf(
          "  %,d bad; replay one: vpnlab run %s --seed %d --trace%n",
          bad.size(), sweep.scenario().name(), bad.get(0).seed());
    }
    out.flush();
  }

  private static String meaning(int code) {
    return code == 0 ? "connected" : code < 0 ? "no outcome" : "error " + code;
  }
}
