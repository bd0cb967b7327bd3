package vpnlab.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.RasError;
import vpnlab.evidence.Stage;
import vpnlab.evidence.Vantage;

class ExternalEngineTest {
  private static final Evidence EVIDENCE =
      new Evidence(
          Vantage.CLIENT,
          "laptop",
          new DialedProfile("p", "vpn.corp.example", "ikev2", "psk", "", List.of()),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  @TempDir private Path folder;

  @Test
  void evidenceGoesInAndADiagnosisComesOut() {
    Diagnosis diagnosis =
        diagnose(
            "grep -q '\"server\":\"vpn.corp.example\"' && echo '{\"code\":809,"
                + "\"stage\":\"reachability\",\"findings\":[{\"cause\":\"server-unreachable\"}]}'");
    assertThat(diagnosis.code()).isEqualTo(809);
    assertThat(diagnosis.symbol()).isEqualTo(RasError.of(809).symbol());
    assertThat(diagnosis.findings().get(0).stage()).isEqualTo(Stage.REACHABILITY);
    assertThat(diagnosis.findings().get(0).confidence()).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void anEngineThatDoesNotReadItsInputMayAnswerToo() {
    assertThat(diagnose("echo '{\"code\":0,\"stage\":\"connected\",\"findings\":[]}'").healthy())
        .isTrue();
  }

  @Test
  void aMissingCommandIsNamed() {
    assertThatThrownBy(() -> engine("no-such-engine --fast").check())
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.notFound()).isTrue())
        .hasMessageContaining("'no-such-engine --fast' cannot be run")
        .hasMessageContaining("check --engine-command");
  }

  @Test
  void aFailingCommandIsNamedWithTheFirstLineOfItsStderr() {
    assertThatThrownBy(() -> diagnose("echo 'out of luck' >&2; echo more >&2; exit 7"))
        .hasMessage(
            "the engine command 'echo 'out of luck' >&2; echo more >&2; exit 7' "
                + "ended with exit code 7: out of luck");
  }

  @Test
  void anAnswerThatIsNotJsonIsAnError() {
    assertThatThrownBy(() -> diagnose("echo hello"))
        .hasMessageContaining("no diagnosis: is not JSON");
  }

  @Test
  void aWrongFieldIsNamed() {
    assertThatThrownBy(() -> diagnose("echo '{\"code\":0,\"stage\":\"conected\",\"findings\":[]}'"))
        .hasMessageContaining("stage cannot be 'conected'; did you mean 'connected'?");
    assertThatThrownBy(
            () ->
                diagnose(
                    "echo '{\"code\":0,\"stage\":\"connected\",\"findings\":[],\"caus\":\"x\"}'"))
        .hasMessageContaining("unknown property 'caus'; did you mean 'cause'?");
  }

  @Test
  void aCommandThatNeverAnswersIsKilled() {
    ExternalEngine slow = new ExternalEngine("sleep 60", folder, Duration.ofMillis(200));
    assertThatThrownBy(() -> slow.diagnose(EVIDENCE)).hasMessageContaining("has not answered");
  }

  private Diagnosis diagnose(String command) {
    return engine(command).diagnose(EVIDENCE);
  }

  private ExternalEngine engine(String command) {
    return new ExternalEngine(command, folder, Duration.ofSeconds(20));
  }
}
