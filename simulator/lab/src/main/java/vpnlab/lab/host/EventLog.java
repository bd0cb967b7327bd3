package vpnlab.lab.host;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import vpnlab.evidence.EventRecord;

/** The event logs of one host, stamped by the host's own clock. */
public final class EventLog {
  static final String APPLICATION = "Application";
  static final String SYSTEM = "System";
  static final String SECURITY = "Security";
  static final String AUDITING = "Microsoft-Windows-Security-Auditing";

  private final String host;
  private final InstantSource clock;
  private final Consumer<EventRecord> sink;

  public EventLog(String host, InstantSource clock, Consumer<EventRecord> sink) {
    this.host = host;
    this.clock = clock;
    this.sink = sink;
  }

  public String host() {
    return host;
  }

  /** Writes a record; {@code data} alternates names and values. */
  void write(
      String log, String source, int id, EventRecord.Level level, String message, String... data) {
    Map<String, String> strings = new LinkedHashMap<>();
    for (int i = 0; i < data.length; i += 2) {
      strings.put(data[i], data[i + 1]);
    }
    sink.accept(new EventRecord(clock.instant(), host, log, source, id, level, strings, message));
  }
}
