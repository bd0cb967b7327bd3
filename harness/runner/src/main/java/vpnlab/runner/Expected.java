package vpnlab.runner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.Stage;
import vpnlab.lab.spec.SpecReader;

/**
 * The one right diagnosis from one vantage point. A code is not a cause: code, stage and causes
 * must all be right, and nothing else may be found.
 *
 * @param code the Windows error code, 0 when connected, also when nothing goes through the tunnel
 * @param stage where the connection ended
 * @param causes what must be found with certainty; empty for a healthy lab or for candidates
 * @param candidates what must be named as possible, no more and no less; empty when it is certain
 */
public record Expected(int code, Stage stage, Set<String> causes, Set<String> candidates) {
  public static final Expected HEALTHY = new Expected(0, Stage.CONNECTED, Set.of(), Set.of());

  /** Connected, and cannot work, or should not have been let in. */
  private static final List<String> BEHIND_CONNECTED =
      List.of(Stage.DATA_PATH.id(), Stage.AUTHORIZATION.id());

  private static final List<String> STAGES = Arrays.stream(Stage.values()).map(Stage::id).toList();

  public Expected {
    causes = ordered(causes);
    candidates = ordered(candidates);
  }

  public static Expected certain(int code, Stage stage, String cause) {
    return new Expected(code, stage, Set.of(cause), Set.of());
  }

  public static Expected oneOf(int code, Stage stage, String... candidates) {
    return new Expected(code, stage, Set.of(), new LinkedHashSet<>(List.of(candidates)));
  }

  static Expected of(SpecReader r) {
    if (!r.has("code")) {
      r.requiredText("code");
    }
    int code = r.integer("code", 0, 0, Integer.MAX_VALUE);
    r.requiredText("stage");
    String stage = r.oneOf("stage", code == 0 ? "connected" : "dns", STAGES);
    Set<String> causes = new LinkedHashSet<>(r.texts("causes"));
    r.text("cause").ifPresent(causes::add);
    Set<String> candidates = new LinkedHashSet<>(r.texts("candidates"));
    boolean broken = code != 0 || !stage.equals(Stage.CONNECTED.id());
    if (broken && causes.isEmpty() == candidates.isEmpty()) {
      r.problem(
          "code",
          "needs either 'cause' or 'candidates' beside it",
          "a code alone does not say what is wrong");
    }
    if (candidates.size() == 1) {
      r.problem("candidates", "has only one", "write it as 'cause'");
    }
    if (code == 0 && broken && !BEHIND_CONNECTED.contains(stage)) {
      r.problem(
          "stage",
          "must be 'connected' for code 0",
          "or, with a cause, one of " + String.join(", ", BEHIND_CONNECTED));
    }
    return new Expected(code, Stage.ofId(stage), causes, candidates);
  }

  /** Whether nothing must be found. */
  public boolean healthy() {
    return code == 0 && stage == Stage.CONNECTED && causes.isEmpty() && candidates.isEmpty();
  }

  /** All that differs; empty when the diagnosis is right. */
  public List<Mismatch> judge(Diagnosis actual) {
    List<Mismatch> mismatches = new ArrayList<>();
    compare(mismatches, "code", Integer.toString(code), Integer.toString(actual.code()));
    compare(mismatches, "stage", stage.id(), actual.stage().id());
    compare(mismatches, "cause", text(causes), text(causes(actual, Confidence.CERTAIN)));
    compare(mismatches, "candidates", text(candidates), text(causes(actual, Confidence.POSSIBLE)));
    return mismatches;
  }

  /** The causes that a diagnosis names with that confidence, in its order. */
  public static Set<String> causes(Diagnosis diagnosis, Confidence confidence) {
    Set<String> causes = new LinkedHashSet<>();
    for (Finding finding : diagnosis.findings()) {
      if (finding.confidence() == confidence) {
        causes.add(finding.cause());
      }
    }
    return causes;
  }

  /** What a table shows of a diagnosis's causes: the certain one, or the candidates with a bar. */
  public static String causesInBrief(Collection<String> causes, Collection<String> candidates) {
    return causes.isEmpty() && candidates.isEmpty()
        ? "-"
        : causes.isEmpty() ? String.join(" | ", candidates) : String.join(", ", causes);
  }

  public String causesInBrief() {
    return causesInBrief(causes, candidates);
  }

  private static void compare(
      List<Mismatch> mismatches, String field, String expected, String actual) {
    if (!expected.equals(actual)) {
      mismatches.add(new Mismatch(field, expected, actual));
    }
  }

  private static String text(Set<String> causes) {
    return causes.isEmpty() ? "none" : String.join(", ", causes.stream().sorted().toList());
  }

  private static Set<String> ordered(Set<String> set) {
    return java.util.Collections.unmodifiableSet(new LinkedHashSet<>(set));
  }

  /** One field of a diagnosis that is not as it should be. */
  public record Mismatch(String field, String expected, String actual) {}
}
