package vpnlab.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.StoredCertificate;
import vpnlab.evidence.Vantage;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.lab.Lab;
import vpnlab.lab.NetworkKind;
import vpnlab.runner.Home;
import vpnlab.runner.Scenario;
import vpnlab.runner.ScenarioCatalogue;
import vpnlab.wire.Octets;

class EvidenceJsonTest {
  private static final Instant NINE = Instant.parse("2026-01-15T09:00:00Z");

  @Test
  void everyPartOfTheEvidenceStandsUnderItsOwnName() {
    NpsLogRecord record = NpsLogRecord.builder().number(NpsLogField.PACKET_TYPE, 3).build();
    Evidence evidence =
        new Evidence(
            Vantage.ADMINISTRATOR,
            "laptop",
            new DialedProfile("p", "vpn.corp.example", "ikev2", "psk", "", List.of("aes256")),
            List.of(
                new CapturedPacket(
                    NINE, "rras", CapturedPacket.Direction.SENT, Octets.of((byte) 0x45))),
            List.of(
                new EventRecord(
                    NINE,
                    "nps",
                    "Security",
                    "Audit",
                    6273,
                    EventRecord.Level.AUDIT_FAILURE,
                    Map.of("ReasonCode", "16"),
                    "denied")),
            List.of(new StoredCertificate("rras", "machine-my", Octets.of((byte) 0x30), true)),
            List.of(new HostFacts("nps", List.of("10.0.0.3"), Map.of("IAS", "Running"), List.of())),
            List.of(new NpsLogLine(NINE, "nps", "IN2601.log", 7, record)));
    JsonNode json = EvidenceJson.MAPPER.readTree(EvidenceJson.write(evidence));
    assertThat(json.at("/vantage").asString()).isEqualTo("administrator");
    assertThat(json.at("/profile/ikeProposals/0").asString()).isEqualTo("aes256");
    assertThat(json.at("/packets/0/ip").asString()).isEqualTo("45");
    assertThat(json.at("/packets/0/at").asString()).isEqualTo("2026-01-15T09:00:00Z");
    assertThat(json.at("/events/0/level").asString()).isEqualTo("audit-failure");
    assertThat(json.at("/events/0/data/ReasonCode").asString()).isEqualTo("16");
    assertThat(json.at("/certificates/0/der").asString()).isEqualTo("MA==");
    assertThat(json.at("/hosts/0/services/IAS").asString()).isEqualTo("Running");
    assertThat(json.at("/npsLog/0/line").asInt()).isEqualTo(7);
    assertThat(json.at("/npsLog/0/record/Packet-Type").asString()).isEqualTo("3");
  }

  @Test
  void theEvidenceOfEveryScenarioCanBeWritten() {
    for (Scenario scenario : ScenarioCatalogue.of(Home.find()).all()) {
      try (Lab lab =
          Lab.start(scenario.labWithout(Set.of()), NetworkKind.VIRTUAL, scenario.seed())) {
        String client = scenario.attempt().client();
        lab.dial(client, scenario.attempt().profile());
        for (Vantage vantage : Vantage.values()) {
          Evidence evidence = lab.evidence(vantage, client, scenario.attempt().profile());
          assertThat(EvidenceJson.write(evidence)).startsWith("{\"vantage\":");
        }
      }
    }
  }
}
