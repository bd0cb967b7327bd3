package vpnlab.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.EventRecord;

/**
 * The event logs of all hosts of a lab. Each log of each host has room of its own, so that one that
 * fills up takes nothing from the others: NPS's audit records do not displace what a client says.
 */
final class EventLogs {
  /** Records that one log of one host keeps; about what 20 MB hold, Windows' default. */
  static final int RECORDS_PER_LOG = 20_000;

  private final Map<Place, Recent<Written>> logs = new LinkedHashMap<>();
  private long written;

  private record Place(String host, String log) {}

  private record Written(long number, EventRecord event) {}

  synchronized void add(EventRecord event) {
    logs.computeIfAbsent(
            new Place(event.host(), event.log()), place -> new Recent<>(RECORDS_PER_LOG))
        .add(new Written(written++, event));
  }

  /** All that is kept, in order of writing. */
  synchronized List<EventRecord> all() {
    List<Written> all = new ArrayList<>();
    logs.values().forEach(log -> all.addAll(log.all()));
    all.sort(Comparator.comparingLong(Written::number));
    return all.stream().map(Written::event).toList();
  }

  /** Records that were overwritten, in all logs. */
  synchronized long forgotten() {
    return logs.values().stream().mapToLong(Recent::forgotten).sum();
  }
}
