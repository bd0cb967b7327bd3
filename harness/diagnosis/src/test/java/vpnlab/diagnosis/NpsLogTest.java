package vpnlab.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.engine.RuleEngine;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogRecord;

/** NPS's own log stands in for the Security events, and never against them. */
class NpsLogTest {
  private static final Instant AFTERWARDS = Instant.parse("2026-01-15T10:00:00Z");

  private static NpsLogLine line(long number, int type, String user, int reason) {
    return new NpsLogLine(
        AFTERWARDS,
        "nps",
        "IN2601.log",
        number,
        NpsLogRecord.builder()
            .number(NpsLogField.PACKET_TYPE, type)
            .text(NpsLogField.FULLY_QUALIFIED_NAME, user)
            .number(NpsLogField.REASON_CODE, reason)
            .text(NpsLogField.CLASS, "311 1 10.0.0.3 01/15/2026 08:00:00 7")
            .build());
  }

  private static Evidence with(Evidence evidence, boolean events, NpsLogLine... lines) {
    List<EventRecord> kept =
        evidence.events().stream().filter(event -> events || event.id() != 6273).toList();
    return new Evidence(
        evidence.vantage(),
        evidence.client(),
        evidence.profile(),
        evidence.packets(),
        kept,
        evidence.certificates(),
        evidence.hosts(),
        List.of(lines));
  }

  private static Diagnosis diagnosed(boolean events, NpsLogLine... lines) {
    Evidence failed =
        Wire.proven(EvidenceBuilder.administrator()).denied("CORP\\alice", 16).failed(691);
    return new RuleEngine().diagnose(with(failed, events, lines));
  }

  @Test
  void theLogDecidesWhereTheEventIsMissing() {
    Diagnosis diagnosis = diagnosed(false, line(1, 1, "", 0), line(2, 3, "CORP\\Alice", 36));
    assertThat(diagnosis.cause()).contains("account-locked");
    assertThat(diagnosis.findings().get(0).citations().get(0))
        .satisfies(
            citation -> {
              assertThat(citation.kind()).isEqualTo("nps-log");
              assertThat(citation.where()).isEqualTo("nps IN2601.log line 2");
              assertThat(citation.what()).contains("36 IAS_ACCOUNT_LOCKED_OUT");
            });
  }

  @Test
  void anAnswerWithoutAUserBelongsToTheRequestWithItsClass() {
    Diagnosis diagnosis = diagnosed(false, line(1, 1, "alice", 0), line(2, 3, "", 35));
    assertThat(diagnosis.cause()).contains("account-expired");
  }

  @Test
  void theEventDecidesWhereBothAreThere() {
    assertThat(diagnosed(true, line(1, 3, "alice", 36)).cause()).contains("wrong-password");
  }

  @Test
  void otherUsersAndEarlierDecisionsDoNotCount() {
    assertThat(diagnosed(false, line(1, 3, "CORP\\bob", 36)).certain()).isFalse();
    assertThat(diagnosed(false, line(1, 3, "alice", 36), line(2, 3, "alice", 35)).cause())
        .contains("account-expired");
  }
}
