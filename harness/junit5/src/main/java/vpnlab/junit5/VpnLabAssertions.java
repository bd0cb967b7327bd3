package vpnlab.junit5;

import vpnlab.diagnosis.Diagnosis;
import vpnlab.runner.ScenarioResult;

/** Where AssertJ's {@code assertThat} learns about diagnoses and results. */
public final class VpnLabAssertions {
  private VpnLabAssertions() {}

  public static DiagnosisAssert assertThat(Diagnosis actual) {
    return new DiagnosisAssert(actual);
  }

  public static ScenarioResultAssert assertThat(ScenarioResult actual) {
    return new ScenarioResultAssert(actual);
  }
}
