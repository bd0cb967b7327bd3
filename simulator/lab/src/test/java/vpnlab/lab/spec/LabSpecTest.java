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
  void aPolicyWithAnUnknownGroupMethodTypeOrTimeIsReportedWithItsPlaceAndAName() {
    String patch =
        """
        nps:
          policies:
            vpn-users:
              groups: [VPN Usres]
              methods: [eap-mschap2]
              nasPortTypes: [virtaul]
              tunnelTypes: [pttp]
              times: [mon-fry 08:00-18:00]
              callingStations: ["[0-9"]
        """;
    assertThatThrownBy(() -> LabSpec.of(patched(patch)))
        .hasMessageContaining("fault.yaml:5:16: nps.policies.vpn-users.methods has 'eap-mschap2'")
        .hasMessageContaining("did you mean 'eap-mschapv2'?")
        .hasMessageContaining("fault.yaml:6:21: nps.policies.vpn-users.nasPortTypes has 'virtaul'")
        .hasMessageContaining("did you mean 'virtual'?")
        .hasMessageContaining("fault.yaml:7:20: nps.policies.vpn-users.tunnelTypes has 'pttp'")
        .hasMessageContaining("did you mean 'pptp'?")
        .hasMessageContaining("fault.yaml:8:14: nps.policies.vpn-users.times has")
        .hasMessageContaining("such as 'mon-fri 08:00-18:00'")
        .hasMessageContaining("fault.yaml:9:24: nps.policies.vpn-users.callingStations has '[0-9'")
        .hasMessageContaining(
            "fault.yaml:4:15: nps.policies.vpn-users.groups names the group 'VPN Usres'")
        .hasMessageContaining("did you mean 'VPN Users'?");
  }

  @Test
  void aConnectionRequestPolicyCannotAskForGroups() {
    assertThatThrownBy(
            () ->
                LabSpec.of(
                    patched(
                        "nps: { connectionRequestPolicies: { all: { groups: [VPN Users] } } }\n")))
        .hasMessageContaining("comes before NPS knows the user");
  }

  @Test
  void aMergePatchRemovesWithNull() {
    LabSpec lab = LabSpec.of(patched("dns: { records: { vpn.corp.example: null } }\n"));
    assertThat(lab.dns().records()).doesNotContainKey("vpn.corp.example").isNotEmpty();
  }

  @Test
  void rangesOfAPoolThatOverlapAreReported() {
    assertRefused(
        "rras: { pool: { range: '10.8.0.10-10.8.0.50, 10.8.0.40-10.8.0.90' } }\n",
        "its ranges 10.8.0.10-10.8.0.50 and 10.8.0.40-10.8.0.90 overlap");
  }

  @Test
  void scopesThatOverlapAreReportedWhereTheSecondIs() {
    assertRefused(
        "dhcp:\n  scopes:\n    other: { subnet: 10.0.0.0/16, range: 10.0.0.150-10.0.1.9 }\n",
        "fault.yaml:3:42: dhcp.scopes.other.range overlaps the range 10.0.0.100-10.0.0.199 of the"
            + " scope 'intranet'");
  }

  @Test
  void aPoolIsEitherARangeOrDhcp() {
    assertRefused(
        "rras: { pool: { dhcp: { adapter: intranet } } }\n",
        "rras.pool.dhcp and a static range exclude each other");
  }

  @Test
  void anAdapterThatTheServerLacksIsReported() {
    assertRefused(
        "rras: { pool: { range: null, dhcp: { adapter: intarnet } } }\n",
        "a segment that rras has no interface on; did you mean 'intranet'?");
  }

  @Test
  void aScopeOutsideItsSubnetAndExclusionsOutsideTheScopeAreReported() {
    assertRefused(
        "dhcp: { scopes: { intranet: { range: 10.1.0.1-10.1.0.9 } } }\n",
        "is not within the scope's subnet 10.0.0.0/24");
    assertRefused(
        "dhcp: { scopes: { intranet: { exclude: [10.0.0.7] } } }\n",
        "has '10.0.0.7', which is not in the range");
    assertRefused("dhcp: { scopes: { intranet: { lease: 5s } } }\n", "is shorter than a minute");
  }

  @Test
  void accessIsToAllOrToTheServerOnly() {
    assertRefused("rras: { lanAccess: server }\n", "rras.lanAccess cannot be 'server'");
  }

  private static void assertRefused(String patch, String message) {
    assertThatThrownBy(() -> LabSpec.of(patched(patch)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message);
  }

  private static SpecNode.Mapping patched(String patch) {
    return (SpecNode.Mapping) HEALTHY.patchedBy(SpecFile.parse("fault.yaml", patch));
  }
}
