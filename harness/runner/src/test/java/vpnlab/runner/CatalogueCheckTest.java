package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vpnlab.lab.spec.Problem;

class CatalogueCheckTest {
  private static final ScenarioCatalogue CATALOGUE = ScenarioCatalogue.of(Home.find());

  @Test
  void theCatalogueIsGood() {
    assertThat(
            new CatalogueCheck(
                    Causes.codes(), FailureMode.read(Home.find().failureModes()).keySet())
                .catalogue(CATALOGUE.all()))
        .isEmpty();
  }

  @Test
  void aCodeThatSeveralCausesExplainMustNotStandAlone() {
    assertThat(messages("ikev2-wrong-password"))
        .anyMatch(message -> message.contains("is alone with code 691"));
    assertThat(messages("ikev2-wrong-password", "ikev2-unknown-user"))
        .noneMatch(message -> message.contains("is alone"));
  }

  @Test
  void aBrokenLabNeedsAHealthyControl() {
    assertThat(messages("ikev2-wrong-password"))
        .anyMatch(message -> message.contains("has no control"));
    assertThat(messages("ikev2-wrong-password", "healthy-ikev2-eap-mschapv2"))
        .noneMatch(message -> message.contains("has no control"));
  }

  @Test
  void aCauseThatNoRuleKnowsIsReportedWithTheNearest() {
    List<Problem> problems =
        new CatalogueCheck(Map.of("wrong-passport", Set.of(691)))
            .scenario(CATALOGUE.scenario("ikev2-wrong-password"));
    assertThat(problems.toString())
        .contains("unknown cause 'wrong-password'; did you mean 'wrong-passport'?");
  }

  @Test
  void aCodeThatItsCauseDoesNotShowIsReported() {
    List<Problem> problems =
        new CatalogueCheck(Map.of("name-not-resolvable", Set.of(809)))
            .scenario(CATALOGUE.scenario("ikev2-name-not-resolvable"));
    assertThat(problems.toString()).contains("expects code 868").contains("its code is 809");
  }

  private static List<String> messages(String... names) {
    return new CatalogueCheck(Causes.codes())
        .catalogue(CATALOGUE.select(List.of(names))).stream().map(Problem::message).toList();
  }

  @Test
  void aScenarioThatNamesAnUnknownFailureModeIsToldTheNearest() {
    Scenario scenario =
        CATALOGUE.all().stream().filter(each -> !each.rows().isEmpty()).findFirst().orElseThrow();
    String known = scenario.rows().get(0);
    assertThat(new CatalogueCheck(Causes.codes(), Set.of(known + "x")).scenario(scenario))
        .anySatisfy(
            problem ->
                assertThat(problem.toString())
                    .contains("unknown failure mode '" + known + "'", "did you mean"));
  }

  @Test
  void theFailureModesHaveIdsAndWords() {
    Map<String, FailureMode> modes = FailureMode.read(Home.find().failureModes());
    assertThat(modes.values().stream().filter(mode -> mode.kind().equals(FailureMode.FAILURE)))
        .hasSize(156);
    assertThat(modes.values())
        .allSatisfy(
            mode -> {
              assertThat(mode.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
              assertThat(mode.description()).isNotBlank().hasSizeLessThan(80);
            });
  }
}
