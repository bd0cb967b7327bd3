package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class NeedsPeerTest {
  @Test
  void aProgramThatIsNotInstalledIsMissingByName() {
    assertThat(NeedsPeerExtension.missing("no-such-program"))
        .contains("no-such-program is not installed");
  }

  @Test
  void aProgramThatEveryMachineHasIsNotMissing() {
    assertThat(NeedsPeerExtension.missing("sh")).isEmpty();
  }

  @Test
  void whatIsMissingSkipsTheTestOnAUsersMachine() {
    assertThatThrownBy(() -> NeedsPeerExtension.refuse("tshark is not installed", false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage("tshark is not installed");
  }

  @Test
  void whatIsMissingFailsTheTestInContinuousIntegration() {
    assertThatThrownBy(() -> NeedsPeerExtension.refuse("tshark is not installed", true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("tshark is not installed");
  }
}
