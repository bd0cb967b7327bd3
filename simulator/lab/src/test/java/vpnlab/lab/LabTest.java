package vpnlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;

class LabTest {
  private static final SpecNode.Mapping HEALTHY =
      SpecFile.read(Path.of(System.getProperty("vpnlab.home"), "scenarios/labs/always-on.yaml"));

  @Test
  void aHealthyClientConnectsWithEveryMethodAndGetsAnAddressFromThePool() {
    for (String profile :
        new String[] {"corp-ikev2", "corp-eap-tls", "corp-peap", "corp-peap-tls", "corp-device"}) {
      try (Lab lab = start("{}")) {
        DialResult result = lab.dial("laptop", profile);
        assertThat(result).as(profile + "\n" + print(lab)).isEqualTo(new DialResult(0, "10.8.0.1"));
      }
    }
  }

  @Test
  void aBlockedPortShows809AfterAllRetransmissionsInVirtualTime() {
    try (Lab lab =
        start(
            "network: { routers: { edge: { firewall: { ike: { action: drop, protocol: udp,"
                + " destinationPort: 500 } } } } }")) {
      assertThat(lab.dial("laptop", "corp-ikev2").code()).isEqualTo(809);
      assertThat(lab.elapsed()).isBetween(Duration.ofSeconds(63), Duration.ofSeconds(65));
    }
  }

  @Test
  void anExpiredServerCertificateShows13801() {
    try (Lab lab = start("certificates: { rras: { notAfter: -1d } }")) {
      assertThat(lab.dial("laptop", "corp-ikev2").code()).as(print(lab)).isEqualTo(13801);
    }
  }

  @Test
  void theServerKnowsOfAHangUpAndTakesTheAddressBack() {
    try (Lab lab = start("rras: { pool: { range: 10.8.0.10-10.8.0.10 } }")) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.dial("desktop", "corp-ikev2").code()).as(print(lab)).isEqualTo(840);
      lab.hangUp("laptop");
      assertThat(lab.dial("desktop", "corp-ikev2").connected()).as(print(lab)).isTrue();
    }
  }

  @Test
  void aFastReconnectNeedsNoCertificateAndNoPasswordAgain() {
    try (Lab lab = start("{}")) {
      assertThat(lab.dial("laptop", "corp-peap").connected()).as(print(lab)).isTrue();
      lab.hangUp("laptop");
      int first = challenges(lab);
      assertThat(lab.dial("laptop", "corp-peap").connected()).as(print(lab)).isTrue();
      assertThat(challenges(lab) - first).as(print(lab)).isLessThan(first - 3);
      assertThat(judgedCertificatesOfNps(lab)).isEqualTo(1);
    }
  }

  @Test
  void fastReconnectCanBeSwitchedOffOnEitherSide() {
    for (String patch :
        new String[] {
          "nps: { policies: { vpn-users: { peap: { fastReconnect: false } } } }",
          "clients: { laptop: { profiles: { corp-peap: { peap: { fastReconnect: false } } } } }"
        }) {
      try (Lab lab = start(patch)) {
        assertThat(lab.dial("laptop", "corp-peap").connected()).as(print(lab)).isTrue();
        lab.hangUp("laptop");
        assertThat(lab.dial("laptop", "corp-peap").connected()).as(print(lab)).isTrue();
        assertThat(judgedCertificatesOfNps(lab)).isEqualTo(2);
      }
    }
  }

  private static int challenges(Lab lab) {
    return print(lab).split("RADIUS Access-Challenge", -1).length - 1;
  }

  private static long judgedCertificatesOfNps(Lab lab) {
    return lab.events().stream()
        .filter(event -> event.host().equals("laptop") && event.id() == 11)
        .filter(event -> event.data("Subject").contains("nps.corp.example"))
        .count();
  }

  @Test
  void theCloudKnowsAUserWhateverTheCaseOfTheName() {
    String patch =
        "clients: { tablet: { profiles: { corp-conditional-access: { user: Carol@Corp.Example } } } }";
    try (Lab lab = start(patch)) {
      DialResult result = lab.dial("tablet", "corp-conditional-access");
      assertThat(result.connected()).as(print(lab)).isTrue();
    }
  }

  @Test
  void theSameSeedGivesTheSameTranscript() {
    assertThat(transcriptOf(7)).isEqualTo(transcriptOf(7)).isNotEqualTo(transcriptOf(8));
  }

  private static String transcriptOf(long seed) {
    try (Lab lab = Lab.start(LabSpec.of(HEALTHY), NetworkKind.VIRTUAL, seed)) {
      lab.dial("laptop", "corp-ikev2");
      return print(lab) + lab.captures();
    }
  }

  private static Lab start(String patch) {
    SpecNode.Mapping document =
        (SpecNode.Mapping) HEALTHY.patchedBy(SpecFile.parse("fault.yaml", patch));
    return Lab.start(LabSpec.of(document), NetworkKind.VIRTUAL, 1);
  }

  private static String print(Lab lab) {
    StringBuilder text = new StringBuilder();
    lab.transcript().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
