package vpnlab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.Finding.Confidence;
import vpnlab.evidence.Stage;

class ExpectedTest {
  private static final Expected EXPIRED =
      Expected.certain(13801, Stage.SERVER_CERTIFICATE, "server-certificate-expired");
  private static final Expected EITHER =
      Expected.oneOf(840, Stage.ADDRESS_ASSIGNMENT, "address-pool-exhausted", "address-pool-empty");

  @Test
  void codeStageAndCauseTogetherAreRight() {
    assertThat(
            EXPIRED.judge(certain(13801, Stage.SERVER_CERTIFICATE, "server-certificate-expired")))
        .isEmpty();
  }

  @Test
  void theRightCodeWithAnotherCauseIsWrong() {
    assertThat(EXPIRED.judge(certain(13801, Stage.SERVER_CERTIFICATE, "client-clock-wrong")))
        .containsExactly(
            new Expected.Mismatch("cause", "server-certificate-expired", "client-clock-wrong"));
  }

  @Test
  void theRightCauseAtAnotherStageIsWrong() {
    assertThat(EXPIRED.judge(certain(13801, Stage.TUNNEL_SETUP, "server-certificate-expired")))
        .extracting(Expected.Mismatch::field)
        .containsExactly("stage");
  }

  @Test
  void aFindingThatWasNotExpectedIsWrong() {
    assertThat(
            EXPIRED.judge(
                certain(
                    13801,
                    Stage.SERVER_CERTIFICATE,
                    "server-certificate-expired",
                    "client-clock-wrong")))
        .extracting(Expected.Mismatch::field)
        .containsExactly("cause");
  }

  @Test
  void aGuessIsNotCertain() {
    assertThat(
            EXPIRED.judge(
                diagnosis(
                    13801,
                    Stage.SERVER_CERTIFICATE,
                    Confidence.POSSIBLE,
                    "server-certificate-expired")))
        .extracting(Expected.Mismatch::field)
        .containsExactly("cause", "candidates");
  }

  @Test
  void candidatesAreASetWithoutOrder() {
    assertThat(
            EITHER.judge(
                possible(
                    840, Stage.ADDRESS_ASSIGNMENT, "address-pool-empty", "address-pool-exhausted")))
        .isEmpty();
  }

  @Test
  void oneCandidateTooFewOrTooManyIsWrong() {
    assertThat(EITHER.judge(possible(840, Stage.ADDRESS_ASSIGNMENT, "address-pool-empty")))
        .hasSize(1);
    assertThat(
            EITHER.judge(
                possible(
                    840,
                    Stage.ADDRESS_ASSIGNMENT,
                    "address-pool-empty",
                    "address-pool-exhausted",
                    "nps-down")))
        .hasSize(1);
  }

  @Test
  void aHealthyLabWantsSilence() {
    assertThat(Expected.HEALTHY.judge(Diagnosis.HEALTHY)).isEmpty();
    assertThat(Expected.HEALTHY.judge(possible(0, Stage.CONNECTED, "client-clock-wrong")))
        .hasSize(1);
  }

  private static Diagnosis certain(int code, Stage stage, String... causes) {
    return diagnosis(code, stage, Confidence.CERTAIN, causes);
  }

  private static Diagnosis possible(int code, Stage stage, String... causes) {
    return diagnosis(code, stage, Confidence.POSSIBLE, causes);
  }

  private static Diagnosis diagnosis(
      int code, Stage stage, Confidence confidence, String... causes) {
    List<Finding> findings =
        Arrays.stream(causes)
            .map(
                cause ->
                    new Finding(
                        cause, cause, code, stage, confidence, "because", List.of(), "mend it"))
            .toList();
    return new Diagnosis(code, "SYMBOL", stage, findings);
  }
}
