package vpnlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.EventRecord.Level;

class RecentTest {
  @Test
  void theOldestIsForgottenAndCounted() {
    Recent<Integer> recent = new Recent<>(3);
    for (int i = 0; i < 5; i++) {
      recent.add(i);
    }
    assertThat(recent.all()).containsExactly(2, 3, 4);
    assertThat(recent.forgotten()).isEqualTo(2);
  }

  @Test
  void aLogThatOverflowsTakesNothingFromTheOthersAndTheOrderStays() {
    EventLogs logs = new EventLogs();
    logs.add(event("laptop", "Application", 0));
    for (int i = 1; i <= EventLogs.RECORDS_PER_LOG + 7; i++) {
      logs.add(event("nps", "Security", i));
      if (i == EventLogs.RECORDS_PER_LOG) {
        logs.add(event("nps", "System", -1));
      }
    }
    assertThat(logs.forgotten()).isEqualTo(7);
    assertThat(logs.all()).hasSize(EventLogs.RECORDS_PER_LOG + 2);
    assertThat(logs.all().subList(0, 2)).extracting(EventRecord::id).containsExactly(0, 8);
    assertThat(logs.all())
        .extracting(EventRecord::id)
        .containsSequence(EventLogs.RECORDS_PER_LOG, -1, EventLogs.RECORDS_PER_LOG + 1);
  }

  private static EventRecord event(String host, String log, int id) {
    return new EventRecord(
        Instant.EPOCH, host, log, "test", id, Level.INFORMATION, Map.of(), "a record");
  }
}
