package vpnlab.files;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.StoreListing;
import vpnlab.evidence.StoredCertificate;

/**
 * What the small files of a folder have; the large ones, NPS's logs, are read when this is known.
 */
final class Collected {
  /** More are not kept: nobody looks through so many attempts, and memory is not endless. */
  static final int MAX_EVENTS = 500_000;

  /** What a client does before it dials under conditional access. */
  static final String AAD = "Microsoft-Windows-AAD";

  /** So many records of one instant are looked through for copies. */
  private static final int MAX_AT_ONCE = 1000;

  static final int MAX_PACKETS = 500_000;

  final List<EventRecord> events = new ArrayList<>();
  final List<CapturedPacket> packets = new ArrayList<>();
  final List<StoredCertificate> certificates = new ArrayList<>();
  final List<HostFacts> hosts = new ArrayList<>();
  final List<ProbeResult> probes = new ArrayList<>();

  /** By host and name of the connection, separated by a tab. */
  final Map<String, DialedProfile> profiles = new HashMap<>();

  /** Without the user's name; host and name are empty where the file does not say. */
  final List<WmiProfile> wmiProfiles = new ArrayList<>();

  /** Dumps of stores, which do not say whose they are: their time comes when hosts are known. */
  final List<Path> dumps = new ArrayList<>();

  final List<StoreListing> listings = new ArrayList<>();
  final List<Path> npsLogs = new ArrayList<>();
  private final Map<String, Duration> offsets = new HashMap<>();
  private final Set<String> clients = new LinkedHashSet<>();
  private boolean more;

  boolean add(EventRecord event) {
    if (events.size() >= MAX_EVENTS) {
      more = true;
      return false;
    }
    return events.add(event);
  }

  /** Whether there were more events or packets than are kept. */
  boolean overflowed() {
    return more || packets.size() >= MAX_PACKETS;
  }

  /** Puts the events of all hosts in the order of true time. */
  void sort() {
    for (EventRecord event : events) {
      if (event.source().equals("RasClient") || event.source().equals(AAD)) {
        clients.add(event.host());
      }
      if (event.is("Microsoft-Windows-Time-Service", 34)
          || event.is("Microsoft-Windows-Time-Service", 35)) {
        offsets.put(event.host(), offset(event.data("OffsetSeconds")));
      }
    }
    events.sort(
        Comparator.comparing((EventRecord event) -> trueTime(event))
            .thenComparing(Collected::rank));
    dropCopies();
    packets.sort(Comparator.comparing(CapturedPacket::at));
  }

  /** What several files have of one record of a log, which happened once. */
  private void dropCopies() {
    List<EventRecord> once = new ArrayList<>(events.size());
    for (EventRecord event : events) {
      boolean copy = false;
      Instant at = trueTime(event);
      int earliest = Math.max(0, once.size() - MAX_AT_ONCE);
      for (int i = once.size() - 1; i >= earliest && trueTime(once.get(i)).equals(at); i--) {
        copy |= isCopy(once.get(i), event);
      }
      if (!copy) {
        once.add(event);
      }
    }
    events.clear();
    events.addAll(once);
  }

  private static boolean isCopy(EventRecord one, EventRecord other) {
    return one.id() == other.id()
        && one.at().equals(other.at())
        && one.host().equals(other.host())
        && one.source().equals(other.source())
        && one.data().equals(other.data())
        && !file(one).equals(file(other));
  }

  /** Of an origin, which ends in the line. */
  private static String file(EventRecord event) {
    int line = event.origin().lastIndexOf(" line ");
    return line < 0 ? event.origin() : event.origin().substring(0, line);
  }

  /**
   * What the logs of one host wrote at the same instant: what the cloud said before the attempt
   * that waited for it, the beginning of an attempt before all that it caused, RasClient's further
   * steps after what led to them.
   */
  private static int rank(EventRecord event) {
    if (event.source().equals(AAD)) {
      return -1;
    }
    if (!event.source().equals("RasClient")) {
      return 1;
    }
    return event.id() == 20221 ? 0 : 2;
  }

  private static Duration offset(String seconds) {
    try {
      return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  /** By what the time service of the host found out about the host's clock. */
  Instant trueTime(EventRecord event) {
    return trueTime(event.host(), event.at());
  }

  Instant trueTime(String host, Instant at) {
    return at.plus(offsets.getOrDefault(host, Duration.ZERO));
  }

  /** The hosts that dial. */
  Set<String> clients() {
    return clients;
  }

  /** The bare host name in lower case: logs write it now so, now with the domain. */
  static String hostName(String computer) {
    int dot = computer.indexOf('.');
    return (dot > 0 ? computer.substring(0, dot) : computer).toLowerCase(Locale.ROOT);
  }

  /** Whether anything comes from a host that does not dial. */
  boolean hasServers() {
    return !npsLogs.isEmpty()
        || events.stream().anyMatch(event -> !clients.contains(event.host()))
        || packets.stream().anyMatch(packet -> !clients.contains(packet.host()))
        || hosts.stream().anyMatch(host -> !clients.contains(host.host()));
  }
}
