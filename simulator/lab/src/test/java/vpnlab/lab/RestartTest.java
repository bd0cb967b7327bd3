package vpnlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;

/** A service that begins anew in a running lab knows the directory as it is by then. */
class RestartTest {
  private static final SpecNode.Mapping HEALTHY =
      SpecFile.read(Path.of(System.getProperty("vpnlab.home"), "scenarios/labs/always-on.yaml"));

  @ParameterizedTest
  @EnumSource(NetworkKind.class)
  void membershipCountsFromTheRestartOn(NetworkKind kind) {
    String late =
        "directory: { groups: { RAS and IAS Servers: { members: [rras], membersAddedAfterStart:"
            + " [nps] } } }";
    try (Lab lab = start(kind, late)) {
      for (int i = 0; i < 2; i++) {
        assertThat(lab.dial("laptop", "corp-ikev2").code())
            .as("dial " + i + print(lab))
            .isEqualTo(691);
      }
      lab.restart("nps");
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(NetworkKind.class)
  void aTunnelOutlivesTheRestartOfNps(NetworkKind kind) {
    try (Lab lab = start(kind, "{}")) {
      assertThat(lab.dial("desktop", "corp-ikev2").connected()).isTrue();
      for (int i = 0; i < 3; i++) {
        lab.restart("nps");
        assertThat(lab.ping("desktop", "10.0.0.5", 2).received()).isEqualTo(2);
        assertThat(lab.dial("laptop", "corp-peap").connected()).isTrue();
        lab.hangUp("laptop");
      }
    }
  }

  @Test
  void aHostWhoseServicesCannotBeRestartedIsRefused() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "nps: { running: false }")) {
      assertThatThrownBy(() -> lab.restart("nps")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> lab.restart("laptop"))
          .hasMessageContaining("cannot restart 'laptop'");
    }
  }

  private static String print(Lab lab) {
    return lab.transcript().stream()
        .map(Object::toString)
        .collect(java.util.stream.Collectors.joining("\n"));
  }

  private static Lab start(NetworkKind kind, String patch) {
    return Lab.start(
        LabSpec.of((SpecNode.Mapping) HEALTHY.patchedBy(SpecFile.parse("test", patch))), kind, 1);
  }
}
