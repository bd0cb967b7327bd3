package vpnlab.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.engine.RuleEngine;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.StoredCertificate;
import vpnlab.wire.Octets;

/** Evidence comes from outside: whatever it holds, the engine answers. */
class ArbitraryEvidenceTest {
  private final Random random = new Random(20260115);

  @Test
  void damagedEvidenceGetsADiagnosisAndNeverAnException() {
    List<Case> cases = RuleEngineTest.cases().toList();
    for (int round = 0; round < 1500; round++) {
      Case one = cases.get(random.nextInt(cases.size()));
      Evidence damaged = damage(one.evidence());
      assertThatCode(
              () -> {
                Diagnosis diagnosis = new RuleEngine().diagnose(damaged);
                assertThat(diagnosis.findings()).allMatch(f -> !f.citations().isEmpty());
                boolean stood = damaged.events().stream().anyMatch(e -> e.is("RasClient", 20225));
                assertThat(diagnosis.healthy() && one.code() != 0 && !stood).isFalse();
              })
          .as(one.name() + ", round " + round)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theSameEvidenceGetsTheSameDiagnosis() {
    for (Case one : RuleEngineTest.cases().toList()) {
      assertThat(new RuleEngine().diagnose(one.evidence()))
          .isEqualTo(new RuleEngine().diagnose(one.evidence()));
    }
  }

  private Evidence damage(Evidence evidence) {
    List<CapturedPacket> packets = new ArrayList<>();
    for (CapturedPacket packet : evidence.packets()) {
      if (random.nextInt(8) > 0) {
        packets.add(
            new CapturedPacket(
                packet.at(),
                packet.host(),
                packet.tunnel(),
                packet.direction(),
                damage(packet.ip())));
      }
    }
    List<EventRecord> events = new ArrayList<>();
    for (EventRecord event : evidence.events()) {
      if (random.nextInt(8) > 0) {
        events.add(damage(event));
      }
    }
    List<StoredCertificate> certificates = new ArrayList<>();
    for (StoredCertificate stored : evidence.certificates()) {
      certificates.add(
          new StoredCertificate(
              stored.host(), stored.store(), damage(stored.der()), stored.privateKey()));
    }
    return new Evidence(
            evidence.vantage(),
            evidence.client(),
            evidence.profile(),
            packets,
            events,
            certificates,
            evidence.hosts())
        .withProbes(evidence.probes());
  }

  private Octets damage(Octets octets) {
    if (octets.isEmpty() || random.nextInt(3) > 0) {
      return octets;
    }
    byte[] bytes = octets.toArray();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return Octets.of(bytes)
        .slice(0, random.nextInt(4) > 0 ? bytes.length : random.nextInt(bytes.length));
  }

  private EventRecord damage(EventRecord event) {
    Map<String, String> data = new LinkedHashMap<>();
    event.data().forEach((name, value) -> data.put(name, damage(value)));
    return new EventRecord(
        event.at(),
        event.host(),
        event.log(),
        event.source(),
        event.id(),
        event.level(),
        data,
        event.message());
  }

  private String damage(String value) {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> value + "%s \\ ä";
      case 2 -> "-1";
      case 3 -> "99999999999999999999";
      default -> value;
    };
  }

  @Test
  void whatIsNotKnownOfTheProfileLeavesNoHoleInASentence() {
    List<String> holes = new ArrayList<>();
    for (Case one : RuleEngineTest.cases().toList()) {
      Evidence known = one.evidence();
      DialedProfile bare =
          new DialedProfile(
              known.profile().name(), "", "", "", known.profile().userName(), List.of());
      Evidence events =
          new Evidence(
              known.vantage(),
              known.client(),
              bare,
              List.of(),
              known.events(),
              List.of(),
              List.of());
      new RuleEngine()
          .diagnose(events).findings().stream()
              .map(Finding::summary)
              .filter(sentence -> sentence.matches(".*(\\(\\)|''| [ .,']).*"))
              .forEach(holes::add);
    }
    assertThat(holes).isEmpty();
  }
}
