package vpnlab.runner.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.Vantage;
import vpnlab.runner.Expected;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioResult.Observation;
import vpnlab.runner.ScenarioResult.Phase;

/** Results at a glance: one line for each attempt, then the sums. */
public final class ResultTable {
  private ResultTable() {}

  /** The same results give the same text: it has no wall time. */
  public static String of(List<ScenarioResult> results) {
    Table table = new Table("", "SCENARIO", "CODE", "CAUSE", "CLIENT SEES", "LAB TIME");
    for (ScenarioResult result : results) {
      for (Phase phase : result.phases()) {
        boolean first = phase == result.first();
        table.row(
            verdict(phase),
            first ? result.scenario().name() : "  " + phase.title(),
            phase.dial().code(),
            cause(phase, Vantage.ADMINISTRATOR),
            clientSees(phase),
            seconds(phase.inLab()));
      }
    }
    return table + "\n" + totals(results) + "\n";
  }

  private static String verdict(Phase phase) {
    return switch (phase.verdict()) {
      case AS_EXPECTED -> "ok";
      case MISSED -> "MISSED";
      case FAULT_DID_NOT_TAKE -> "NO FAULT";
    };
  }

  /** What an engine made of it: the cause, or the candidates. */
  public static String cause(Phase phase, Vantage vantage) {
    Observation seen = phase.observations().get(vantage);
    return seen == null ? "-" : cause(seen.diagnosis());
  }

  static String cause(Diagnosis diagnosis) {
    if (diagnosis.healthy()) {
      return "healthy";
    }
    return Expected.causesInBrief(
        Expected.causes(diagnosis, Confidence.CERTAIN),
        Expected.causes(diagnosis, Confidence.POSSIBLE));
  }

  private static String clientSees(Phase phase) {
    Observation client = phase.observations().get(Vantage.CLIENT);
    if (client == null) {
      return "-";
    }
    String cause = cause(client.diagnosis());
    if (cause.equals(cause(phase, Vantage.ADMINISTRATOR))) {
      return "the same";
    }
    long candidates =
        client.diagnosis().findings().stream()
            .filter(finding -> finding.confidence() == Confidence.POSSIBLE)
            .count();
    return candidates > 1 ? "one of " + candidates : cause;
  }

  /** How many are as expected, and how much time passed inside the labs. */
  public static String totals(List<ScenarioResult> results) {
    long right = results.stream().filter(ScenarioResult::asExpected).count();
    return "%d scenarios: %d as expected, %d not; %s of lab time"
        .formatted(results.size(), right, results.size() - right, seconds(inLab(results)));
  }

  /** Lab time against wall time. */
  public static String ratio(List<ScenarioResult> results, Duration wall) {
    return ratio(inLab(results), wall);
  }

  /** Lab time against wall time. */
  public static String ratio(Duration inLab, Duration wall) {
    return String.format(
        Locale.ROOT,
        "%s of lab time in %s of wall time: %.1f times as fast as real time",
        seconds(inLab),
        seconds(wall),
        (double) inLab.toNanos() / Math.max(1, wall.toNanos()));
  }

  private static Duration inLab(List<ScenarioResult> results) {
    return results.stream().map(ScenarioResult::inLab).reduce(Duration.ZERO, Duration::plus);
  }

  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
