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
        .hasMessageContaining("VPN Users.members has the member 'alcie', whom nobody knows")
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

  @Test
  void aTimeThatCannotPassIsRefused() {
    assertRefused(
        "clients: { laptop: { retransmission: { first: 20s } } }",
        "fault.yaml:1:47: clients.laptop.retransmission.first is longer than the cap of 16 s");
    assertRefused(
        "clients: { laptop: { retransmission: { first: 0s } } }", "first is shorter than 1 ms");
    assertRefused(
        "clients: { laptop: { profiles: { corp-ikev2: { networkOutageTime: -5s } } } }",
        "networkOutageTime is negative");
    assertRefused(
        "rras: { radius: { nps: { timeout: 0s } } }",
        "rras.radius.nps.timeout is shorter than 1 ms");
    assertRefused(
        "nps: { policies: { vpn-users: { constraints: { idleTimeout: -5s } } } }",
        "idleTimeout is negative");
    assertRefused(
        "nps: { policies: { vpn-users: { constraints: { sessionTimeout: 100ms } } } }",
        "sessionTimeout has a part of a second; RADIUS counts whole ones");
    assertRefused(
        "nps: { policies: { vpn-users: { settings: { interimInterval: 1500ms } } } }",
        "interimInterval has a part of a second");
    assertRefused("nps: { accountLockout: { resetTime: -1m } }", "resetTime is negative");
    assertRefused("cloud: { lifetime: -1h }", "cloud.lifetime is shorter than 1 s");
    assertRefused(
        "network: { segments: { home: { latency: -2ms } } }",
        "network.segments.home.latency is negative");
  }

  @Test
  void aMomentInAFormOfItsOwnIsToldBothForms() {
    assertRefused(
        "directory: { users: { alice: { expires: '2026-01-15' } } }",
        "is neither a time such as 2026-01-15T09:00:00Z nor counted from the lab's beginning such"
            + " as -1d or +335d");
  }

  @Test
  void aCertificateThatDoesNotExistIsReportedWhereItIsNamed() {
    assertRefused(
        "pki: { lists: { issuing: { revoked: [alise] } } }",
        "fault.yaml:1:37: pki.lists.issuing.revoked refers to the certificate 'alise'");
    assertRefused("pki: { lists: { isuing: {} } }", "fault.yaml:1:25: pki.lists.isuing refers to");
    assertRefused(
        "certificates: { rras: { issuer: isuing } }",
        "fault.yaml:1:33: certificates.rras.issuer refers to the certificate 'isuing'");
    assertRefused(
        "clients: { laptop: { profiles: { corp-peap: { serverValidation: { trustedRoots: [rot] } } }"
            + " } }",
        "fault.yaml:1:81: clients.laptop.profiles.corp-peap.serverValidation.trustedRoots refers");
  }

  @Test
  void aMemberWhomNobodyKnowsIsReportedWhereItIsNamed() {
    assertRefused(
        "directory: { groups: { VPN Users: { members: [alcie] } } }",
        "fault.yaml:1:46: directory.groups.VPN Users.members has the member 'alcie'");
    assertRefused(
        "directory: { groups: { VPN Users: { membersAddedAfterStart: [bobb] } } }",
        "VPN Users.membersAddedAfterStart has the member 'bobb'");
  }

  @Test
  void twoAccountsThatDifferInTheCaseOfLettersOnlyAreOne() {
    assertRefused(
        "directory: { users: { Alice: { password: x } } }",
        "fault.yaml:1:30: directory.users.Alice is the account 'alice' again");
  }

  @Test
  void aDeviceOfTheCloudThatIsNoHostIsReported() {
    assertRefused(
        "cloud: { devices: { tablt: {} } }",
        "fault.yaml:1:28: cloud.devices.tablt refers to the host 'tablt', which does not exist;"
            + " did you mean 'tablet'?");
  }

  @Test
  void aPageThatNoAddressLeadsToIsReported() {
    assertRefused(
        "web: { pages: { index.html: hello } }",
        "fault.yaml:1:29: web.pages.index.html is no path; did you mean '/index.html'?");
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
