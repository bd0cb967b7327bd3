package vpnlab.lab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LabSpecTest {
  private static final SpecNode.Mapping HEALTHY =
      SpecFile.read(Path.of(System.getProperty("vpnlab.home"), "scenarios/labs/always-on.yaml"));

  @Test
  void theHealthyLabIsRead() {
    LabSpec lab = LabSpec.of(HEALTHY);
    assertThat(lab.clients()).containsKeys("laptop", "desktop");
    assertThat(lab.rras().radius().get("nps").port()).isEqualTo(1812);
  }

  @Test
  void anUnknownKeyIsReportedWithItsPlaceAndTheNearestName() {
    assertThatThrownBy(() -> LabSpec.of(patched("rras:\n  pool:\n    rnage: 10.8.0.1-10.8.0.2\n")))
        .hasMessage("fault.yaml:3:5: rras.pool has the unknown key 'rnage'; did you mean 'range'?");
  }

  @Test
  void aHostThatDoesNotExistIsReportedWhereItIsNamed() {
    assertThatThrownBy(() -> LabSpec.of(patched("rras: { host: rrsa }\n")))
        .hasMessageContaining("fault.yaml:1:15")
        .hasMessageContaining("did you mean 'rras'?");
  }

  @Test
  void aGroupThatDoesNotExistIsReportedWhereverItIsNamed() {
    assertThatThrownBy(
            () ->
                LabSpec.of(
                    patched(
                        "nps: { policies: { vpn-users: { groups: [VPN User] } } }\n"
                            + "directory: { users: { bob: { groups: [VPN Uses] } } }\n")))
        .hasMessageContaining("vpn-users.groups names the group 'VPN User'")
        .hasMessageContaining("bob.groups names the group 'VPN Uses'")
        .hasMessageContaining("did you mean 'VPN Users'?");
  }

  @Test
  void aMemberWhomNobodyKnowsIsReported() {
    assertThatThrownBy(
            () -> LabSpec.of(patched("directory: { groups: { VPN Users: { members: [alcie] } } }")))
        .hasMessageContaining("VPN Users has the member 'alcie', whom nobody knows")
        .hasMessageContaining("did you mean 'alice'?");
  }

  @Test
  void aDirectoryWithoutAHostIsReported() {
    assertThatThrownBy(() -> LabSpec.of(patched("directory: { host: null }")))
        .hasMessageContaining("directory.host must name the host of the domain controller");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThatThrownBy(
            () ->
                LabSpec.of(patched("rras: { runing: false }\nnps: { port: 99999, runnin: no }\n")))
        .satisfies(e -> assertThat(((SpecException) e).problems()).hasSize(3));
  }

  @Test
  void aMergePatchRemovesWithNull() {
    LabSpec lab = LabSpec.of(patched("dns: { records: { vpn.corp.example: null } }\n"));
    assertThat(lab.dns().records()).doesNotContainKey("vpn.corp.example").isNotEmpty();
  }

  private static SpecNode.Mapping patched(String patch) {
    return (SpecNode.Mapping) HEALTHY.patchedBy(SpecFile.parse("fault.yaml", patch));
  }
}
