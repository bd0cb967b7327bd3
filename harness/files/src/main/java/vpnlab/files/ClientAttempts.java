package vpnlab.files;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import vpnlab.diagnosis.facts.Account;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.ProbeResult;
import vpnlab.evidence.Vantage;
import vpnlab.evidence.npslog.NpsLogLine;

/** The attempts that the logs of dialing computers tell of, and what belongs to each. */
final class ClientAttempts {
  private static final String RAS_CLIENT = "RasClient";
  private static final int DIALING = 20221;
  private static final int CONNECTED = 20225;
  private static final int FAILED = 20227;

  /** Smart Card or other certificate, in some languages of Windows. */
  private static final Pattern SMART_CARD =
      Pattern.compile("smart ?card|eap-tls|anderes zertifikat|autre certificat|otro certificado");

  /** What is still written when the client has given up: the server's last words. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** As long a ping or a page may take. */
  private static final Duration PROBE = Duration.ofSeconds(60);

  /** One attempt of one client. */
  static final class Attempt {
    final String host;
    final List<EventRecord> steps = new ArrayList<>();
    final List<NpsLogLine> npsLog = new ArrayList<>();
    Instant begin = Instant.MIN;
    Instant end = Instant.MAX;

    /** The last that RasClient wrote before it. */
    Instant previous = Instant.MIN;

    /** When the same client dialed again. */
    Instant next = Instant.MAX;

    boolean alone;

    Attempt(String host) {
      this.host = host;
    }

    String user() {
      return data("User");
    }

    String data(String name) {
      return steps.stream()
          .map(step -> step.data(name))
          .filter(value -> !value.isEmpty())
          .findFirst()
          .orElse("");
    }

    FoundAttempt.Outcome outcome() {
      return steps.stream()
          .filter(step -> step.id() == CONNECTED || step.id() == FAILED)
          .reduce((first, second) -> second)
          .map(
              last ->
                  last.id() == CONNECTED
                      ? FoundAttempt.Outcome.CONNECTED
                      : FoundAttempt.Outcome.FAILED)
          .orElse(FoundAttempt.Outcome.UNFINISHED);
    }
  }

  private final Collected collected;
  private final List<Attempt> attempts = new ArrayList<>();

  ClientAttempts(Collected collected, Duration skew) {
    this.collected = collected;
    Map<String, Attempt> current = new HashMap<>();
    Map<String, Attempt> byCall = new HashMap<>();
    Map<String, Integer> count = new HashMap<>();
    Map<String, EventRecord> asked = new HashMap<>();
    for (EventRecord event : collected.events) {
      if (event.source().equals(Collected.AAD)) {
        asked.putIfAbsent(event.host(), event);
      }
      if (!event.source().equals(RAS_CLIENT)) {
        continue;
      }
      asked.remove(event.host());
      Attempt attempt = current.get(event.host());
      Attempt own = byCall.get(call(event));
      if (own != null && event.id() != DIALING) {
        own.steps.add(event); // however many others have been dialed meanwhile
        continue;
      }
      boolean ended = attempt != null && attempt.outcome() != FoundAttempt.Outcome.UNFINISHED;
      boolean lone = attempt == null || ended && !sameCall(attempt, event);
      if (event.id() == DIALING || lone && event.id() == FAILED) {
        if (attempt != null) {
          attempt.next = collected.trueTime(event);
        }
        Instant previous =
            attempt == null
                ? Instant.MIN
                : collected.trueTime(attempt.steps.get(attempt.steps.size() - 1));
        attempt = new Attempt(event.host());
        attempt.previous = previous;
        attempt.begin = collected.trueTime(event);
        attempts.add(attempt);
        current.put(event.host(), attempt);
        if (!event.data("CoId").isEmpty()) {
          byCall.put(call(event), attempt);
        }
        count.merge(event.host(), 1, Integer::sum);
      }
      if (attempt != null) {
        attempt.steps.add(event);
      }
    }
    for (Attempt attempt : attempts) {
      EventRecord last = attempt.steps.get(attempt.steps.size() - 1);
      Instant ended = collected.trueTime(last).plus(GRACE).plus(skew);
      for (ProbeResult probe : probes(attempt)) {
        Instant tried = collected.trueTime(probe.host(), probe.at()).plus(PROBE);
        ended = tried.isAfter(ended) ? tried : ended;
      }
      boolean overlaps = !collected.trueTime(last).isBefore(attempt.next);
      attempt.end = overlaps ? ended : min(attempt.next, ended);
      attempt.alone = count.get(attempt.host) == 1;
    }
    asked.values().forEach(event -> neverDialed(event, count));
  }

  /** The cloud gave no certificate, and the user did not get as far as dialing. */
  private void neverDialed(EventRecord first, Map<String, Integer> count) {
    Attempt attempt = new Attempt(first.host());
    attempt.begin = collected.trueTime(first);
    attempt.alone = !count.containsKey(first.host());
    attempts.add(attempt);
  }

  private static String call(EventRecord event) {
    return event.host() + "\t" + event.data("CoId");
  }

  private static boolean sameCall(Attempt attempt, EventRecord event) {
    return attempt.data("CoId").equals(event.data("CoId"));
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  List<Attempt> all() {
    return attempts;
  }

  /** The attempt of that account at that time; skew is how far clocks may be apart. */
  Optional<Attempt> at(Instant time, String user, Duration skew) {
    return attempts.stream()
        .filter(attempt -> Account.same(attempt.user(), user))
        .filter(attempt -> !time.isBefore(attempt.begin.minus(skew)))
        .filter(attempt -> time.isBefore(attempt.end.plus(skew)))
        .reduce((first, second) -> second);
  }

  /** All that the files have about it. */
  Evidence evidence(Attempt attempt, Duration skew) {
    boolean servers = collected.hasServers();
    List<EventRecord> events = new ArrayList<>();
    for (EventRecord event : collected.events) {
      if (concerns(event, attempt, skew)) {
        events.add(event);
      }
    }
    List<CapturedPacket> packets =
        collected.packets.stream().filter(packet -> concerns(packet, attempt, skew)).toList();
    return new Evidence(
        servers ? Vantage.ADMINISTRATOR : Vantage.CLIENT,
        attempt.host,
        profile(attempt),
        packets,
        events,
        collected.certificates.stream().filter(c -> !otherClient(c.host(), attempt)).toList(),
        collected.hosts.stream().filter(h -> !otherClient(h.host(), attempt)).toList(),
        attempt.npsLog,
        probes(attempt),
        collected.listings.stream().filter(l -> l.host().equals(attempt.host)).toList());
  }

  /** What was tried at the client between this attempt and the next. */
  private List<ProbeResult> probes(Attempt attempt) {
    return collected.probes.stream()
        .filter(probe -> probe.host().equals(attempt.host))
        .filter(probe -> !collected.trueTime(probe.host(), probe.at()).isBefore(attempt.begin))
        .filter(probe -> collected.trueTime(probe.host(), probe.at()).isBefore(attempt.next))
        .toList();
  }

  FoundAttempt.Outcome outcome(Attempt attempt) {
    boolean useless =
        attempt.outcome() == FoundAttempt.Outcome.CONNECTED
            && probes(attempt).stream().anyMatch(probe -> !probe.answered());
    return useless ? FoundAttempt.Outcome.USELESS : attempt.outcome();
  }

  private boolean otherClient(String host, Attempt attempt) {
    return !host.equals(attempt.host) && collected.clients().contains(host);
  }

  private boolean concerns(EventRecord event, Attempt attempt, Duration skew) {
    if (otherClient(event.host(), attempt)) {
      return false;
    }
    if (event.source().equals(RAS_CLIENT)) {
      return attempt.steps.contains(event);
    }
    Instant at = collected.trueTime(event);
    if (!at.isBefore(attempt.end)) {
      return false;
    }
    if (RelevantEvents.lasts(event) || attempt.alone && event.host().equals(attempt.host)) {
      return true;
    }
    if (event.source().equals(Collected.AAD)) {
      return at.isAfter(attempt.previous);
    }
    Instant begin = event.host().equals(attempt.host) ? attempt.begin : attempt.begin.minus(skew);
    return !at.isBefore(begin) && Account.same(account(event), attempt.user());
  }

  /** Whom a server's record is about; empty when it does not say. */
  private static String account(EventRecord event) {
    String user = event.data("SubjectUserName");
    return user.isEmpty() ? event.data("User") : user;
  }

  /** Captures have true time. The only attempt of a client owns all of its packets. */
  private boolean concerns(CapturedPacket packet, Attempt attempt, Duration skew) {
    if (otherClient(packet.host(), attempt)) {
      return false;
    }
    return attempts.size() == 1
        || !packet.at().isBefore(attempt.begin.minus(skew)) && packet.at().isBefore(attempt.end);
  }

  private DialedProfile profile(Attempt attempt) {
    DialedProfile known =
        collected.profiles.get(attempt.host + "\t" + attempt.data("ConnectionName"));
    if (known != null) {
      return known;
    }
    List<String> ofHost =
        collected.profiles.keySet().stream()
            .filter(key -> key.startsWith(attempt.host + "\t"))
            .toList();
    if (attempt.steps.isEmpty() && ofHost.size() == 1) {
      return collected.profiles.get(ofHost.get(0));
    }
    Optional<DialedProfile> managed = managed(attempt);
    if (managed.isPresent()) {
      return managed.get();
    }
    return new DialedProfile(
        attempt.data("ConnectionName"),
        attempt.data("Server"),
        tunnel(attempt.data("VpnStrategy"), attempt.data("Device")),
        authentication(attempt.data("AuthenticationType")),
        attempt.user(),
        List.of());
  }

  /** The profile as a dump of WMI has it, with what only the log says. */
  private Optional<DialedProfile> managed(Attempt attempt) {
    String name = attempt.data("ConnectionName");
    return collected.wmiProfiles.stream()
        .filter(each -> each.host().isEmpty() || each.host().equals(attempt.host))
        .map(WmiProfile::profile)
        .filter(
            profile ->
                name.isEmpty() || profile.name().isEmpty() || profile.name().equalsIgnoreCase(name))
        .findFirst()
        .map(
            profile ->
                new DialedProfile(
                    name.isEmpty() ? profile.name() : name,
                    profile.server(),
                    profile.tunnelType(),
                    profile.authentication(),
                    attempt.user(),
                    List.of(),
                    profile.serverValidation(),
                    profile.deviceCompliance(),
                    profile.tlsExtensions()));
  }

  private static String tunnel(String strategy, String device) {
    String said = (strategy + " " + device).toLowerCase(Locale.ROOT);
    for (String tunnel : List.of("ikev2", "sstp", "l2tp", "pptp")) {
      if (said.contains(tunnel)) {
        return tunnel;
      }
    }
    return "";
  }

  /** The words of the lab stay; those of Windows name the method in between. */
  private static String authentication(String type) {
    String said = type.toLowerCase(Locale.ROOT);
    if (said.matches("[a-z0-9-]*")) {
      return said;
    }
    if (said.contains("peap") || said.contains("protected eap")) {
      return "peap";
    }
    if (said.contains("secured password") || said.contains("mschap")) {
      return said.contains("eap") ? "eap-mschapv2" : "ms-chapv2";
    }
    if (SMART_CARD.matcher(said).find()) {
      return "eap-tls";
    }
    return said;
  }
}
