package vpnlab.junit5;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vpnlab.junit5.VpnLabAssertions.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.evidence.Stage;
import vpnlab.evidence.Vantage;
import vpnlab.lab.Lab;

@VpnLab
class VpnLabExtensionTest {
  @Test
  void aHealthyLabIsThereToBeDialed(@VpnLab("always-on") Lab lab) {
    Assertions.assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
  }

  @Test
  void aScenariosLabIsBroken(@VpnLab("ikev2-wrong-password") Lab lab) {
    Assertions.assertThat(lab.dial("laptop", "corp-ikev2").code()).isEqualTo(691);
  }

  @Test
  void aScenarioCanBeRunAndItsDiagnosesBeLookedAt(
      @VpnLab("ikev2-server-certificate-expired") ScenarioRun run) {
    assertThat(run.run())
        .isAsExpected()
        .diagnosisFrom(Vantage.CLIENT)
        .hasCode(13801)
        .isAtStage(Stage.SERVER_CERTIFICATE)
        .isCertainly("server-certificate-expired");
  }

  @Test
  void anEngineThatIsWrongIsShownTheEvidence(
      @VpnLab("ikev2-server-certificate-expired") ScenarioRun run) {
    assertThatThrownBy(() -> assertThat(run.with(evidence -> Diagnosis.HEALTHY)).isAsExpected())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("IKE_AUTH")
        .hasMessageContaining("--trace");
  }
}
