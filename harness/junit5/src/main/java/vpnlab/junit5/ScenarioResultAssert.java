package vpnlab.junit5;

import org.assertj.core.api.AbstractAssert;
import vpnlab.evidence.Vantage;
import vpnlab.runner.ScenarioResult;
import vpnlab.runner.report.MismatchReport;

/** Assertions about the run of a scenario; a failure shows the whole report. */
public final class ScenarioResultAssert
    extends AbstractAssert<ScenarioResultAssert, ScenarioResult> {
  ScenarioResultAssert(ScenarioResult actual) {
    super(actual, ScenarioResultAssert.class);
  }

  /** Every diagnosis of every attempt is as the scenario expects. */
  public ScenarioResultAssert isAsExpected() {
    isNotNull();
    if (!actual.asExpected()) {
      failWithMessage("%s", "\n" + MismatchReport.of(actual));
    }
    return this;
  }

  /** The diagnosis of the attempt on the lab as it is broken. */
  public DiagnosisAssert diagnosisFrom(Vantage vantage) {
    isNotNull();
    return new DiagnosisAssert(actual.first().observations().get(vantage).diagnosis());
  }
}
