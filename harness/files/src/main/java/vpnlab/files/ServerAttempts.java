package vpnlab.files;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.Account;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Vantage;
import vpnlab.evidence.npslog.NpsLogLine;

/**
 * Refusals in the event logs of RRAS and NPS of which no client's log tells. What both servers say
 * of one account within a few seconds is one attempt.
 */
final class ServerAttempts {
  private static final String AUDITING = "Microsoft-Windows-Security-Auditing";
  private static final Set<Integer> NPS_REFUSALS = Set.of(6273, 6274);
  private static final Set<Integer> RRAS_REFUSALS = Set.of(20187, 20189, 20255, 20271, 20276);
  private static final Duration TOGETHER = Duration.ofSeconds(10);

  /** One refusal. */
  static final class Attempt {
    final List<EventRecord> events = new ArrayList<>();
    final List<NpsLogLine> npsLog = new ArrayList<>();
    final String user;
    final Instant begin;
    Instant end;

    Attempt(String user, Instant begin) {
      this.user = user;
      this.begin = begin;
      this.end = begin;
    }
  }

  private final Collected collected;
  private final Map<String, List<Attempt>> byAccount = new HashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();

  ServerAttempts(Collected collected, ClientAttempts clients, Duration skew) {
    this.collected = collected;
    for (EventRecord event : collected.events) {
      boolean refusal =
          event.source().equals(AUDITING) && NPS_REFUSALS.contains(event.id())
              || isRrasRefusal(event);
      if (!refusal || collected.clients().contains(event.host())) {
        continue;
      }
      Instant at = collected.trueTime(event);
      String user = user(event);
      if (clients.at(at, user, skew).isEmpty()) {
        add(event, user, at);
      }
    }
  }

  /** Whether RRAS says that it refused a user. */
  static boolean isRrasRefusal(EventRecord event) {
    return event.source().equals("RemoteAccess") && RRAS_REFUSALS.contains(event.id());
  }

  private static String user(EventRecord event) {
    String subject = event.data("SubjectUserName");
    return subject.isEmpty() ? event.data("User") : subject;
  }

  private void add(EventRecord event, String user, Instant at) {
    List<Attempt> known =
        byAccount.computeIfAbsent(Account.name(user), account -> new ArrayList<>());
    Attempt last = known.isEmpty() ? null : known.get(known.size() - 1);
    boolean again =
        last != null
            && last.events.stream()
                .anyMatch(each -> each.host().equals(event.host()) && each.id() == event.id());
    if (last == null || again || last.end.plus(TOGETHER).isBefore(at)) {
      last = new Attempt(user, at);
      known.add(last);
      attempts.add(last);
    }
    last.events.add(event);
    last.end = at;
  }

  List<Attempt> all() {
    return attempts;
  }

  Optional<Attempt> at(Instant time, String user, Duration skew) {
    Duration slack = skew.plusSeconds(1);
    return byAccount.getOrDefault(Account.name(user), List.of()).stream()
        .filter(attempt -> !time.isBefore(attempt.begin.minus(slack)))
        .filter(attempt -> !time.isAfter(attempt.end.plus(slack)))
        .findFirst();
  }

  Evidence evidence(Attempt attempt) {
    return new Evidence(
        Vantage.ADMINISTRATOR,
        "",
        new DialedProfile("", "", "", "", attempt.user, List.of()),
        List.of(),
        attempt.events,
        List.of(),
        collected.hosts,
        attempt.npsLog);
  }
}
