package vpnlab.diagnosis.facts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import vpnlab.evidence.EventRecord;

/** The event logs of all hosts that the evidence shows. */
public final class EventLog {
  public static final String AUDITING = "Microsoft-Windows-Security-Auditing";
  public static final String CAPI2 = "Microsoft-Windows-CAPI2";
  public static final String AAD = "Microsoft-Windows-AAD";
  public static final String DNS_CLIENT = "Microsoft-Windows-DNS-Client";
  public static final String TIME_SERVICE = "Microsoft-Windows-Time-Service";
  public static final String REMOTE_ACCESS = "RemoteAccess";
  public static final String NPS = "NPS";
  public static final String TCPIP = "Tcpip";
  public static final String SCHANNEL = "Schannel";

  /** Stands for the source in records that come from NPS's own log file. */
  public static final String NPS_LOG = "NPS log";

  public static final String SERVICE_CONTROL = "Service Control Manager";

  private final List<EventRecord> all;
  private final List<EventRecord> sinceDialing;

  EventLog(List<EventRecord> events, int dialedAtIndex) {
    this.all = events;
    this.sinceDialing = events.subList(Math.max(dialedAtIndex, 0), events.size());
  }

  /** Of the whole log: for what holds over attempts, like services, clocks and leases. */
  public List<EventRecord> ever(String host, String source, Integer... ids) {
    Set<Integer> wanted = Set.of(ids);
    return all.stream()
        .filter(event -> event.host().equals(host) && event.source().equals(source))
        .filter(event -> wanted.contains(event.id()))
        .toList();
  }

  /** Whether that source has written anything on that host, at any time. */
  public boolean has(String host, String source) {
    return all.stream()
        .anyMatch(event -> event.host().equals(host) && event.source().equals(source));
  }

  /** Whether the evidence has anything of that log of that host. */
  public boolean hasLog(String host, String log) {
    return all.stream().anyMatch(event -> event.host().equals(host) && event.log().equals(log));
  }

  /** Of the whole logs of all hosts. */
  public List<EventRecord> ever(String source, int id) {
    return all.stream().filter(event -> event.is(source, id)).toList();
  }

  /** Since the last attempt began, all of that source. */
  public List<EventRecord> since(String host, String source) {
    return sinceDialing.stream()
        .filter(event -> event.host().equals(host) && event.source().equals(source))
        .toList();
  }

  /** Since the last attempt began. */
  public List<EventRecord> since(String host, String source, int id) {
    return sinceDialing.stream()
        .filter(event -> event.host().equals(host) && event.is(source, id))
        .toList();
  }

  /** The last one since the last attempt began. */
  public Optional<EventRecord> last(String host, String source, int id) {
    return since(host, source, id).stream().reduce((first, second) -> second);
  }

  /** The last one since the last attempt began that fits. */
  public Optional<EventRecord> last(
      String host, String source, int id, Predicate<EventRecord> filter) {
    return since(host, source, id).stream().filter(filter).reduce((first, second) -> second);
  }

  /** The last one before another event of this attempt, or the last one when there is none. */
  public Optional<EventRecord> lastBefore(
      Optional<EventRecord> limit, String host, String source, int id) {
    List<EventRecord> part =
        limit.map(event -> sinceDialing.subList(0, identityIndex(event))).orElse(sinceDialing);
    return part.stream()
        .filter(event -> event.host().equals(host) && event.is(source, id))
        .reduce((first, second) -> second);
  }

  /** The last one behind another event of this attempt; none when that has not happened. */
  public Optional<EventRecord> lastAfter(
      Optional<EventRecord> start, String host, String source, int id) {
    return start.stream()
        .flatMap(event -> sinceDialing.subList(identityIndex(event), sinceDialing.size()).stream())
        .filter(event -> event.host().equals(host) && event.is(source, id))
        .reduce((first, second) -> second);
  }

  private int identityIndex(EventRecord wanted) {
    for (int i = 0; i < sinceDialing.size(); i++) {
      if (sinceDialing.get(i).equals(wanted)) {
        return i;
      }
    }
    return sinceDialing.size();
  }
}
