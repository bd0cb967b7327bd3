package vpnlab.runner.report;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.Vantage;
import vpnlab.runner.Expected;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.ScenarioResult.Observation;
import vpnlab.runner.ScenarioResult.Phase;

/**
 * Why a scenario failed: expected and actual side by side, the evidence that the fired rules cite,
 * the ladder, and the command that replays it.
 */
public final class MismatchReport {
  private MismatchReport() {}

  /** The report on every phase that is not as expected; empty when all are. */
  public static String of(ScenarioResult result) {
    StringBuilder text = new StringBuilder();
    for (Phase phase : result.phases()) {
      switch (phase.verdict()) {
        case AS_EXPECTED -> {}
        case FAULT_DID_NOT_TAKE -> {
          text.append(heading(result, phase)).append("the fault did not take\n");
          text.append("  the client connected although the lab is broken\n\n");
          tail(text, result, phase);
        }
        case MISSED -> {
          text.append(heading(result, phase)).append("not as expected\n");
          phase.problems().forEach(problem -> text.append("  ").append(problem).append('\n'));
          text.append('\n');
          new TreeMap<>(phase.observations())
              .forEach((vantage, seen) -> observation(text, phase, vantage, seen));
          tail(text, result, phase);
        }
      }
    }
    return text.toString();
  }

  private static String heading(ScenarioResult result, Phase phase) {
    return result.scenario().name() + " (" + phase.title() + "): ";
  }

  private static void observation(
      StringBuilder text, Phase phase, Vantage vantage, Observation seen) {
    if (seen.mismatches().isEmpty()) {
      return;
    }
    text.append(
        sideBySide(
            "seen by the " + vantage.name().toLowerCase(Locale.ROOT),
            phase.expect().from(vantage),
            seen.diagnosis()));
    text.append("\n  the evidence that the findings cite\n");
    text.append(findings(seen.diagnosis())).append('\n');
  }

  private static void tail(StringBuilder text, ScenarioResult result, Phase phase) {
    text.append("  what happened\n").append(Ladder.of(phase.transcript()).indent(2));
    text.append("\n  replay it: ").append(result.replay()).append("\n\n");
  }

  /** Expected and actual, field by field; {@code <<} marks what differs. */
  public static String sideBySide(String title, Expected expected, Diagnosis actual) {
    Set<String> differing =
        expected.judge(actual).stream().map(Expected.Mismatch::field).collect(Collectors.toSet());
    Set<String> certain = Expected.causes(actual, Confidence.CERTAIN);
    Set<String> possible = Expected.causes(actual, Confidence.POSSIBLE);
    Table table = new Table("  " + title, "expected", "actual", "");
    row(table, differing, "code", expected.code(), actual.code() + " " + actual.symbol());
    row(table, differing, "stage", expected.stage().id(), actual.stage().id());
    rows(table, differing, "cause", expected.causes(), certain);
    rows(table, differing, "candidates", expected.candidates(), possible);
    return table.toString();
  }

  private static void rows(
      Table table, Set<String> differing, String field, Set<String> expected, Set<String> actual) {
    Set<String> all = new java.util.TreeSet<>(expected);
    all.addAll(actual);
    if (all.isEmpty()) {
      row(table, differing, field, "none", "none");
    }
    String label = field;
    for (String cause : all) {
      String left = expected.contains(cause) ? cause : "-";
      String right = actual.contains(cause) ? cause : "-";
      table.row("    " + label, left, right, left.equals(right) ? "" : "<<");
      label = "";
    }
  }

  private static void row(
      Table table, Set<String> differing, String field, Object expected, Object actual) {
    table.row("    " + field, expected, actual, differing.contains(field) ? "<<" : "");
  }

  /** The findings with their citations, one line each, indented. */
  public static String findings(Diagnosis diagnosis) {
    if (diagnosis.findings().isEmpty()) {
      return "    no rule fired\n";
    }
    StringBuilder text = new StringBuilder();
    for (Finding finding : diagnosis.findings()) {
      text.append("    ")
          .append(finding.rule())
          .append(" (")
          .append(finding.confidence().name().toLowerCase(Locale.ROOT))
          .append("): ")
          .append(finding.summary())
          .append('\n');
      for (Finding.Citation citation : finding.citations()) {
        text.append("      ").append(citation).append('\n');
      }
      if (!finding.remedy().isEmpty()) {
        text.append("      remedy: ").append(finding.remedy()).append('\n');
      }
    }
    return text.toString();
  }

  /** The diagnoses of a phase by vantage, in the order of the vantages. */
  public static Map<Vantage, Diagnosis> diagnoses(Phase phase) {
    Map<Vantage, Diagnosis> diagnoses = new TreeMap<>();
    phase.observations().forEach((vantage, seen) -> diagnoses.put(vantage, seen.diagnosis()));
    return diagnoses;
  }
}
