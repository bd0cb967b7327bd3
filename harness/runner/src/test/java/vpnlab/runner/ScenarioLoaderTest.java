package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vpnlab.lab.spec.SpecException;
import vpnlab.lab.spec.SpecFile;

class ScenarioLoaderTest {
  private static final String GOOD =
      """
      name: probe
      title: { en: A probe }
      lab: always-on
      faults:
        pool-empty: { rras: { pool: { range: null } } }
      attempt: { client: laptop, profile: corp-ikev2 }
      expect:
        client: { code: 840, stage: address-assignment, candidates: [a-cause, b-cause] }
        administrator: { code: 840, stage: address-assignment, cause: a-cause }
      """;

  @Test
  void aScenarioIsReadWithItsFaultsAsPatches() {
    Scenario scenario = load(GOOD);
    assertThat(scenario.labWithout(Set.of()).rras().pool().range()).isEmpty();
    assertThat(scenario.labWithout(Set.of("pool-empty")).rras().pool().range()).isNotEmpty();
  }

  @Test
  void anUnknownKeyIsReportedWithPlaceAndNearestName() {
    complains(GOOD.replace("lab: always", "lba: x\nlab: always"))
        .hasMessageContaining("scenario.yaml:3:1: the document has the unknown key 'lba'")
        .hasMessageContaining("did you mean 'lab'?");
  }

  @Test
  void anUnknownKeyInsideAFaultIsReportedWhereItStands() {
    complains(GOOD.replace("range:", "rnage:").replace("null", "10.8.0.1-10.8.0.2"))
        .hasMessageContaining("scenario.yaml:5:")
        .hasMessageContaining("did you mean 'range'?");
  }

  @Test
  void aLabThatDoesNotExistIsReportedWithTheNearest() {
    complains(GOOD.replace("lab: always-on", "lab: always-in"))
        .hasMessageContaining("'always-in' does not exist")
        .hasMessageContaining("did you mean 'always-on'?");
  }

  @Test
  void aProfileThatTheClientLacksIsReported() {
    complains(GOOD.replace("corp-ikev2", "corp-ikev1"))
        .hasMessageContaining("did you mean 'corp-ikev2'?");
  }

  @Test
  void aCodeWithoutCauseIsNotEnough() {
    complains(GOOD.replace(", cause: a-cause", ""))
        .hasMessageContaining("needs either 'cause' or 'candidates'");
  }

  @Test
  void aStageThatDoesNotExistIsReported() {
    complains(GOOD.replace("stage: address-assignment, cause", "stage: adress-assignment, cause"))
        .hasMessageContaining("did you mean 'address-assignment'?");
  }

  @Test
  void bothVantagePointsMustBeExpected() {
    complains(GOOD.replaceAll("  administrator: .*\n", ""))
        .hasMessageContaining("expect lacks 'administrator'");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> complains(
      String yaml) {
    return assertThatThrownBy(() -> load(yaml)).isInstanceOf(SpecException.class);
  }

  private static Scenario load(String yaml) {
    Path file = Path.of("/nowhere/area/probe/scenario.yaml");
    return new ScenarioLoader(Home.find().labs()).read(file, SpecFile.parse("scenario.yaml", yaml));
  }
}
