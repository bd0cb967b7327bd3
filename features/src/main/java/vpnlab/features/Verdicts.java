package vpnlab.features;

import java.util.Set;
import java.util.TreeSet;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.Vantage;
import vpnlab.runner.Expected;
import vpnlab.runner.report.Ladder;
import vpnlab.runner.report.MismatchReport;

/** Compares what was seen with what a step says, and explains a difference. */
final class Verdicts {
  private final World world;

  Verdicts(World world) {
    this.world = world;
  }

  Diagnosis diagnosis(Vantage vantage) {
    return world.now().diagnoses().get(vantage);
  }

  /** The one cause, certain, and nothing else. */
  void causeIs(Vantage vantage, String cause) {
    Diagnosis actual = diagnosis(vantage);
    if (!Expected.causes(actual, Confidence.CERTAIN).equals(Set.of(cause))
        || actual.findings().size() != 1) {
      fail(
          vantage,
          new Expected(actual.code(), actual.stage(), Set.of(cause), Set.of()),
          "the cause is not " + cause);
    }
  }

  void stageIs(Vantage vantage, String stage) {
    check(
        diagnosis(vantage).stage().id().equals(stage),
        vantage,
        "the stage is " + diagnosis(vantage).stage().id() + ", not " + stage);
  }

  void codeIs(Vantage vantage, int code) {
    check(
        diagnosis(vantage).code() == code,
        vantage,
        "the code is " + diagnosis(vantage).code() + ", not " + code);
  }

  void candidatesAre(Vantage vantage, Set<String> candidates) {
    Diagnosis actual = diagnosis(vantage);
    Set<String> possible = new TreeSet<>(Expected.causes(actual, Confidence.POSSIBLE));
    if (!possible.equals(new TreeSet<>(candidates))
        || actual.findings().size() != candidates.size()) {
      fail(
          vantage,
          new Expected(actual.code(), actual.stage(), Set.of(), candidates),
          "the candidates are others");
    }
  }

  void healthy(Vantage vantage) {
    if (!diagnosis(vantage).healthy()) {
      fail(vantage, Expected.HEALTHY, "the engine finds fault with a healthy connection");
    }
  }

  void check(boolean right, Vantage vantage, String complaint) {
    if (!right) {
      throw new AssertionError(
          complaint
              + "\n\n  the evidence that the findings cite\n"
              + MismatchReport.findings(diagnosis(vantage))
              + tail());
    }
  }

  private void fail(Vantage vantage, Expected expected, String complaint) {
    throw new AssertionError(
        complaint
            + "\n\n"
            + MismatchReport.sideBySide(
                "seen by the " + vantage.name().toLowerCase(java.util.Locale.ROOT),
                expected,
                diagnosis(vantage))
            + "\n  the evidence that the findings cite\n"
            + MismatchReport.findings(diagnosis(vantage))
            + tail());
  }

  private String tail() {
    String replay =
        world
            .played()
            .map(result -> result.replay())
            .orElse(
                "./vpnlab test "
                    + world.place()
                    + " --network "
                    + world.settings().network().name().toLowerCase(java.util.Locale.ROOT));
    return "\n  what happened\n"
        + Ladder.of(world.now().transcript()).indent(2)
        + "\n  replay it: "
        + replay
        + "\n";
  }
}
