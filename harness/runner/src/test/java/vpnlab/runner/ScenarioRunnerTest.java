package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.DiagnosticEngine;
import vpnlab.lab.NetworkKind;
import vpnlab.runner.engine.Engines;
import vpnlab.runner.report.MismatchReport;
import vpnlab.runner.report.Transcript;

class ScenarioRunnerTest {
  private static final ScenarioCatalogue CATALOGUE = ScenarioCatalogue.of(Home.find());

  @Test
  void aFaultIsDiagnosedByCodeCauseAndStage() {
    ScenarioResult result = run("ikev2-server-certificate-expired", Engines.standard());
    assertThat(result.asExpected()).as(MismatchReport.of(result)).isTrue();
    assertThat(MismatchReport.of(result)).isEmpty();
  }

  @Test
  void anEngineThatSeesNoFaultMissesAndIsShownWhy() {
    ScenarioResult result = run("ikev2-server-certificate-expired", evidence -> Diagnosis.HEALTHY);
    assertThat(result.verdict()).isEqualTo(ScenarioResult.Verdict.MISSED);
    assertThat(MismatchReport.of(result))
        .contains("13801", "0 ERROR_SUCCESS", "server-certificate-expired", "<<")
        .contains("IKE_AUTH")
        .contains("./vpnlab run ikev2-server-certificate-expired --seed " + result.seed());
  }

  @Test
  void healingTheFirstFaultShowsTheSecond() {
    ScenarioResult result = run("ikev2-two-faults-certificate-then-password", Engines.standard());
    assertThat(result.phases())
        .extracting(phase -> phase.dial().code())
        .containsExactly(13801, 691, 0);
    assertThat(result.asExpected()).as(MismatchReport.of(result)).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameTranscript() {
    assertThat(transcript("healthy-ikev2-lossy-network"))
        .isNotEmpty()
        .isEqualTo(transcript("healthy-ikev2-lossy-network"));
  }

  @Test
  void resultsOfManyThreadsComeInTheOrderOfTheScenarios() {
    List<Scenario> scenarios = CATALOGUE.select(List.of("ikev2-account-*"));
    List<ScenarioResult> results =
        ScenarioRunner.runAll(scenarios, settings(Engines.standard()), 3, result -> {});
    assertThat(results).extracting(ScenarioResult::scenario).isEqualTo(scenarios);
  }

  private static String transcript(String name) {
    return Transcript.text(run(name, Engines.standard()).first().transcript());
  }

  private static ScenarioResult run(String name, DiagnosticEngine engine) {
    return ScenarioRunner.run(CATALOGUE.scenario(name), settings(engine));
  }

  private static RunSettings settings(DiagnosticEngine engine) {
    return new RunSettings(NetworkKind.VIRTUAL, OptionalLong.empty(), engine);
  }
}
