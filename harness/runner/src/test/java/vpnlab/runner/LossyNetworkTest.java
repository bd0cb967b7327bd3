package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.diagnosis.engine.RuleEngine;
import vpnlab.lab.NetworkKind;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;

/**
 * A healthy connection over a line that loses, doubles and reorders one packet in five each. {@code
 * -Dvpnlab.seeds=10000} for more than the default.
 */
class LossyNetworkTest {
  private static final int SEEDS = Integer.getInteger("vpnlab.seeds", 150);
  private static final String SCENARIO = "healthy-ikev2-very-lossy-network";

  private static final RunSettings SETTINGS =
      new RunSettings(NetworkKind.VIRTUAL, OptionalLong.empty(), new RuleEngine());

  private static Scenario scenario(String profile) {
    ScenarioCatalogue catalogue = ScenarioCatalogue.of(Home.find());
    Scenario lossy = catalogue.scenario(SCENARIO);
    return lossy.attempting(new Attempt(lossy.attempt().client(), profile));
  }

  @ParameterizedTest
  @ValueSource(strings = {"corp-ikev2", "corp-eap-tls", "corp-peap-tls"})
  void everySeedEndsConnectedOrInATimeOut(String profile) {
    SeedSweep sweep = SeedSweep.run(scenario(profile), SETTINGS, SEEDS / 3, 2, () -> {});
    assertThat(sweep.bad()).isEmpty();
    assertThat(sweep.outcomes()).hasSize(SEEDS / 3);
    assertThat(sweep.counts()).containsKey(0);
  }

  @Test
  void aLineSoBadThatFiveQueriesAreLostIsNoReasonToSayThatTheServersNameIsUnknown() {
    Scenario lossy = scenario("corp-ikev2");
    SpecNode.Mapping worse =
        (SpecNode.Mapping)
            SpecFile.parse("test", "network: { segments: { internet: { loss: 40% } } }");
    SeedSweep sweep =
        SeedSweep.run(
            lossy.onLab((SpecNode.Mapping) lossy.labDocument().patchedBy(worse)),
            SETTINGS,
            40,
            2,
            () -> {});
    assertThat(sweep.bad()).isEmpty();
  }

  @Test
  void aSeedIsReplayedByRunningTheScenarioWithIt() {
    Scenario scenario = scenario("corp-ikev2");
    SeedSweep sweep = SeedSweep.run(scenario, SETTINGS, 12, 2, () -> {});
    for (SeedSweep.Outcome outcome : sweep.outcomes()) {
      ScenarioResult replayed =
          ScenarioRunner.run(
              scenario,
              new RunSettings(
                  NetworkKind.VIRTUAL, OptionalLong.of(outcome.seed()), new RuleEngine()));
      assertThat(replayed.first().dial().code()).isEqualTo(outcome.code());
      assertThat(replayed.first().inLab()).isEqualTo(outcome.took());
    }
    assertThat(sweep.outcomes().stream().map(SeedSweep.Outcome::took).distinct())
        .as("each seed loses other packets")
        .hasSizeGreaterThan(6);
  }

  /** Otherwise the sweep would show nothing but itself. */
  @Test
  void aSeedThatEndsInAnotherCodeIsBad() {
    Scenario lossy = scenario("corp-ikev2");
    SpecNode.Mapping wrong =
        (SpecNode.Mapping)
            SpecFile.parse(
                "test", "clients: { laptop: { profiles: { corp-ikev2: { password: wrong } } } }");
    Scenario broken = lossy.onLab((SpecNode.Mapping) lossy.labDocument().patchedBy(wrong));
    SeedSweep sweep = SeedSweep.run(broken, SETTINGS, 3, 1, () -> {});
    assertThat(sweep.bad()).extracting(SeedSweep.Outcome::code).containsOnly(691);
    assertThat(List.copyOf(sweep.counts().keySet())).contains(691);
  }
}
