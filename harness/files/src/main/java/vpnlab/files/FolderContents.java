package vpnlab.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vpnlab.diagnosis.facts.Account;
import vpnlab.evidence.DialedProfile;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.Vantage;

/**
 * Counts and sorts the attempts that logs of clients, of VPN servers and of NPS tell of.
 *
 * @param nps what no other log tells of
 */
record FolderContents(
    FolderOptions options, ClientAttempts clients, ServerAttempts servers, NpsAttempts nps) {

  /** What the folder has, once every file has been read. */
  EvidenceFolder.Contents sorted(List<FileReport> reports) {
    List<FoundAttempt> found = new ArrayList<>();
    long connected = 0;
    long failed = 0;
    for (ClientAttempts.Attempt attempt : clients.all()) {
      if (!wanted(attempt.user(), attempt.begin)) {
        continue;
      }
      FoundAttempt.Outcome outcome = clients.outcome(attempt);
      if (outcome == FoundAttempt.Outcome.CONNECTED) {
        connected++;
      } else {
        failed++;
      }
      found.add(
          new FoundAttempt(
              attempt.begin,
              attempt.user(),
              attempt.host,
              outcome,
              () -> clients.evidence(attempt, options.skew())));
    }
    for (ServerAttempts.Attempt attempt : servers.all()) {
      if (wanted(attempt.user, attempt.begin)) {
        failed++;
        found.add(
            new FoundAttempt(
                attempt.begin,
                attempt.user,
                "",
                FoundAttempt.Outcome.FAILED,
                () -> servers.evidence(attempt)));
      }
    }
    nps.latest().forEach(attempt -> found.add(ofLog(attempt)));
    List<EvidenceFolder.Refusals> refusals = new ArrayList<>();
    long refused = 0;
    for (Map.Entry<Integer, NpsAttempts.Refusals> each : new TreeMap<>(nps.reasons()).entrySet()) {
      refused += each.getValue().count;
      refusals.add(
          new EvidenceFolder.Refusals(
              each.getKey(), each.getValue().count, ofLog(each.getValue().last)));
    }
    found.sort(Comparator.comparing(FoundAttempt::at));
    List<FoundAttempt> failures =
        found.stream()
            .filter(attempt -> attempt.outcome() != FoundAttempt.Outcome.CONNECTED)
            .toList();
    List<FoundAttempt> suspects =
        found.stream()
            .filter(attempt -> attempt.outcome() == FoundAttempt.Outcome.CONNECTED)
            .toList();
    return new EvidenceFolder.Contents(
        List.copyOf(reports),
        latest(failures),
        latest(suspects),
        failed + refused,
        connected + nps.granted(),
        nps.unanswered(),
        refusals);
  }

  private List<FoundAttempt> latest(List<FoundAttempt> all) {
    return all.subList(Math.max(0, all.size() - options.limit()), all.size());
  }

  private boolean wanted(String user, Instant at) {
    return (options.user().isEmpty() || Account.same(user, options.user()))
        && options.since().map(since -> !at.isBefore(since)).orElse(true)
        && options.until().map(at::isBefore).orElse(true);
  }

  private FoundAttempt ofLog(NpsAttempts.Attempt attempt) {
    return new FoundAttempt(
        options.instant(attempt.firstSeconds),
        attempt.user,
        "",
        FoundAttempt.Outcome.FAILED,
        () ->
            new Evidence(
                Vantage.ADMINISTRATOR,
                "",
                new DialedProfile("", "", "", "", attempt.user, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                attempt.evidence(options.zone())));
  }
}
