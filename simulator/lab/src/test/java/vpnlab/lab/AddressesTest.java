package vpnlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.evidence.EventRecord;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;

/** Where clients' addresses come from, and whose they are. */
class AddressesTest {
  private static final SpecNode.Mapping HEALTHY =
      SpecFile.read(Path.of(System.getProperty("vpnlab.home"), "scenarios/labs/always-on.yaml"));

  private static final String LEASED =
      "rras: { pool: { range: null, nameServers: null, dhcp: { adapter: intranet, block: 3 } } }";

  @ParameterizedTest
  @EnumSource(NetworkKind.class)
  void theServerLeasesABlockAndKeepsItsFirstAddress(NetworkKind kind) {
    try (Lab lab = start(kind, LEASED)) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(data(lab, "rras", 20088, "Address")).containsExactly("10.0.0.100");
      assertThat(data(lab, "rras", 20274, "Address")).containsExactly("10.0.0.101");
      assertThat(data(lab, "dhcp", 10, "IPAddress"))
          .containsExactlyInAnyOrder("10.0.0.100", "10.0.0.101", "10.0.0.102");
      assertThat(new HashSet<>(data(lab, "dhcp", 10, "ClientId"))).hasSize(3);
      assertThat(lab.ping("laptop", "10.0.0.5", 2).complete()).isTrue();
    }
  }

  @Test
  void whenABlockIsUsedUpTheServerLeasesAnother() {
    try (Lab lab = start(NetworkKind.VIRTUAL, LEASED.replace("block: 3", "block: 2"))) {
      assertThat(lab.dial("desktop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(data(lab, "rras", 20274, "Address")).containsExactly("10.0.0.101", "10.0.0.102");
      assertThat(data(lab, "dhcp", 10, "IPAddress")).hasSize(4);
    }
  }

  @Test
  void anAddressThatAClientGivesBackGoesToTheNextWithoutAnotherLease() {
    try (Lab lab = start(NetworkKind.VIRTUAL, LEASED)) {
      assertThat(lab.dial("desktop", "corp-ikev2").connected()).isTrue();
      lab.hangUp("desktop");
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(data(lab, "rras", 20274, "Address")).containsExactly("10.0.0.101", "10.0.0.101");
      assertThat(data(lab, "dhcp", 10, "IPAddress")).hasSize(3);
    }
  }

  @Test
  void leasesAreProlongedAsLongAsTheServerRuns() {
    String shortLeases = "dhcp: { scopes: { intranet: { lease: 2m } } }";
    try (Lab lab = start(NetworkKind.VIRTUAL, LEASED + "\n" + shortLeases)) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      lab.pass(Duration.ofMinutes(5));
      assertThat(data(lab, "dhcp", 11, "IPAddress")).hasSizeGreaterThanOrEqualTo(12);
      assertThat(data(lab, "dhcp", 17, "IPAddress")).isEmpty();
      assertThat(lab.ping("laptop", "10.0.0.5", 2).complete()).isTrue();
    }
  }

  @Test
  void severalRangesAreHandedOutOneAfterTheOther() {
    try (Lab lab =
        start(NetworkKind.VIRTUAL, "rras: { pool: { range: '10.8.0.7, 10.8.0.90-10.8.0.91' } }")) {
      assertThat(lab.dial("desktop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(data(lab, "rras", 20274, "Address")).containsExactly("10.8.0.7", "10.8.0.90");
    }
  }

  @Test
  void aHostWhoseAddressIsHandedOutNoticesAndGetsTheAnswers() {
    try (Lab lab = start(NetworkKind.VIRTUAL, "rras: { pool: { range: 10.0.0.5-10.0.0.9 } }")) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.ping("laptop", "10.0.0.4", 1).answered()).isFalse();
      assertThat(data(lab, "files", 4199, "HardwareAddress")).containsExactly("02-00-0a-00-00-02");
      assertThat(lab.captures().stream().filter(packet -> packet.host().equals("files")))
          .anyMatch(packet -> packet.ip().at(9) == 1); // ICMP, the echo reply
    }
  }

  private static Lab start(NetworkKind kind, String... patches) {
    SpecNode spec = HEALTHY;
    for (String patch : List.of(patches)) {
      for (String part : patch.split("\n")) {
        spec = spec.patchedBy(SpecFile.parse("test.yaml", part));
      }
    }
    return Lab.start(LabSpec.of((SpecNode.Mapping) spec), kind, 3);
  }

  private static List<String> data(Lab lab, String host, int id, String name) {
    return lab.events().stream()
        .filter(event -> event.host().equals(host) && event.id() == id)
        .map((EventRecord event) -> event.data(name))
        .collect(Collectors.toList());
  }
}
