package vpnlab.junit5;

import java.util.Set;
import org.assertj.core.api.AbstractAssert;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.Stage;
import vpnlab.runner.Expected;
import vpnlab.runner.report.MismatchReport;

/** Assertions about a diagnosis; a failure shows expected, actual and the evidence cited. */
public final class DiagnosisAssert extends AbstractAssert<DiagnosisAssert, Diagnosis> {
  DiagnosisAssert(Diagnosis actual) {
    super(actual, DiagnosisAssert.class);
  }

  /** Nothing was found, and the connection is up. */
  public DiagnosisAssert isHealthy() {
    return matches(Expected.HEALTHY);
  }

  public DiagnosisAssert hasCode(int code) {
    isNotNull();
    return matches(
        new Expected(
            code,
            actual.stage(),
            Expected.causes(actual, Confidence.CERTAIN),
            Expected.causes(actual, Confidence.POSSIBLE)));
  }

  /** The one cause, with certainty. */
  public DiagnosisAssert isCertainly(String cause) {
    isNotNull();
    return matches(new Expected(actual.code(), actual.stage(), Set.of(cause), Set.of()));
  }

  /** Exactly these candidates, in any order. */
  public DiagnosisAssert isOneOf(String... candidates) {
    isNotNull();
    return matches(Expected.oneOf(actual.code(), actual.stage(), candidates));
  }

  public DiagnosisAssert isAtStage(Stage stage) {
    isNotNull();
    return matches(
        new Expected(
            actual.code(),
            stage,
            Expected.causes(actual, Confidence.CERTAIN),
            Expected.causes(actual, Confidence.POSSIBLE)));
  }

  private DiagnosisAssert matches(Expected expected) {
    isNotNull();
    if (!expected.judge(actual).isEmpty()) {
      failWithMessage(
          "%s",
          "\n"
              + MismatchReport.sideBySide("the diagnosis", expected, actual)
              + MismatchReport.findings(actual));
    }
    return this;
  }
}
