package vpnlab.evidence;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One record of a Windows event log.
 *
 * @param at by the clock of the host that wrote it
 * @param host the host's name in the lab, e.g. {@code laptop}, {@code rras}, {@code nps}
 * @param log the log's name, e.g. {@code Application}, {@code System}, {@code Security}, {@code
 *     Microsoft-Windows-CAPI2/Operational}
 * @param source the event source, e.g. {@code RasClient}
 * @param id the event id
 * @param data named insertion strings, in the source's order
 * @param message the text that an administrator reads
 * @param origin where it was read, e.g. {@code rras/System.xml line 120}; empty for a live log
 */
public record EventRecord(
    Instant at,
    String host,
    String log,
    String source,
    int id,
    Level level,
    Map<String, String> data,
    String message,
    String origin) {

  /** A record of a live log. */
  public EventRecord(
      Instant at,
      String host,
      String log,
      String source,
      int id,
      Level level,
      Map<String, String> data,
      String message) {
    this(at, host, log, source, id, level, data, message, "");
  }

  /** The levels that the event viewer shows. */
  public enum Level {
    INFORMATION,
    WARNING,
    ERROR,
    AUDIT_SUCCESS,
    AUDIT_FAILURE
  }

  public EventRecord {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** Whether this is event {@code id} of {@code source}. */
  public boolean is(String source, int id) {
    return this.id == id && this.source.equals(source);
  }

  /** The insertion string, or the empty string when the event has none of that name. */
  public String data(String name) {
    return data.getOrDefault(name, "");
  }
}
