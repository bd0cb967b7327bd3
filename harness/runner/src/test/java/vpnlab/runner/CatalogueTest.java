package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final ScenarioCatalogue CATALOGUE = ScenarioCatalogue.of(Home.find());

  @Test
  void everyScenarioOfTheCatalogueIsRead() {
    assertThat(CATALOGUE.all()).hasSizeGreaterThan(55);
  }

  @Test
  void scenariosComeInTheOrderInWhichAnAttemptPassesTheAreas() {
    List<String> areas = CATALOGUE.all().stream().map(Scenario::area).distinct().toList();
    assertThat(areas).startsWith("healthy", "dns", "reachability").endsWith("two-faults");
  }

  @Test
  void aWrongNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> CATALOGUE.scenario("ikev2-wrong-pasword"))
        .isInstanceOf(NoSuchScenarioException.class)
        .hasMessageContaining("did you mean 'ikev2-wrong-password'?");
  }

  @Test
  void aGlobSelectsByName() {
    assertThat(CATALOGUE.select(List.of("ikev2-client-clock-*")))
        .extracting(Scenario::name)
        .containsExactly("ikev2-client-clock-ahead", "ikev2-client-clock-behind");
  }

  @Test
  void theSeedOfAScenarioIsDecidedByItsName() {
    Scenario scenario = CATALOGUE.scenario("ikev2-wrong-password");
    assertThat(scenario.seed()).isEqualTo(CATALOGUE.scenario("ikev2-wrong-password").seed());
    assertThat(scenario.seed()).isNotEqualTo(CATALOGUE.scenario("ikev2-unknown-user").seed());
  }

  @Test
  void everyBrokenLabIsShownToWorkWithoutItsFaults() {
    assertThat(new CatalogueCheck(java.util.Map.of()).catalogue(CATALOGUE.all()))
        .noneMatch(problem -> problem.message().contains("has no control"));
  }
}
