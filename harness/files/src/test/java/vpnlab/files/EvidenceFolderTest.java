package vpnlab.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.diagnosis.Diagnosis;
import vpnlab.diagnosis.Finding;
import vpnlab.diagnosis.engine.RuleEngine;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.EventRecord.Level;
import vpnlab.evidence.Evidence;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.files.EvidenceFolder.Contents;
import vpnlab.wire.Octets;

class EvidenceFolderTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
  private static final LocalDateTime NINE = Logs.NINE;
  private static final Instant MIDNIGHT = NINE.atZone(ZONE).toInstant();

  @TempDir private Path folder;

  private static FolderOptions options(String user, Instant since, Instant until, int limit) {
    return new FolderOptions(
        ZONE,
        user,
        Optional.ofNullable(since),
        Optional.ofNullable(until),
        limit,
        Duration.ofSeconds(3));
  }

  private Contents read() throws IOException {
    return read(options("", null, null, 100));
  }

  private Contents read(FolderOptions options) throws IOException {
    return EvidenceFolder.read(folder, options, (octets, total) -> {});
  }

  private void log(String name, NpsLogRecord... records) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (NpsLogRecord record : records) {
      lines.append(NpsLogCsv.encode(record)).append("\r\n");
    }
    Files.writeString(folder.resolve(name), lines);
  }

  private void events(String name, EventRecord... events) throws IOException {
    StringBuilder xml = new StringBuilder();
    for (EventRecord event : events) {
      xml.append(EventXml.write(event, 1)).append('\n');
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, xml);
  }

  private static EventRecord event(
      double second, String host, String source, int id, Map<String, String> data) {
    Instant at = MIDNIGHT.plusMillis(Math.round(second * 1000));
    return new EventRecord(at, host, "System", source, id, Level.INFORMATION, data, "");
  }

  private static EventRecord client(
      double second, String host, int id, String user, String... more) {
    var data = new java.util.LinkedHashMap<String, String>();
    data.put("CoId", host + (int) second / 100);
    data.put("User", user);
    data.put("Server", "vpn.corp.example");
    data.put("AuthenticationType", "eap-mschapv2");
    for (int i = 0; i < more.length; i += 2) {
      data.put(more[i], more[i + 1]);
    }
    return event(second, host, "RasClient", id, data);
  }

  private static Diagnosis diagnosis(FoundAttempt attempt) {
    return AttemptDiagnosis.of(attempt.evidence().get(), new RuleEngine());
  }

  @Test
  void anNpsLogAloneTellsWhoWasRefusedAndWhy() throws IOException {
    log(
        "IN2601.log",
        Logs.request("CORP\\alice", NINE, 1),
        Logs.request("CORP\\bob", NINE, 2),
        Logs.accept("CORP\\bob", NINE, 2),
        Logs.reject("CORP\\alice", NINE.plusSeconds(1), 1, 34),
        Logs.request("CORP\\carol", NINE.plusSeconds(2), 3));
    Contents contents = read();
    assertThat(contents.failed()).isEqualTo(1);
    assertThat(contents.connected()).isEqualTo(1);
    assertThat(contents.unanswered()).isEqualTo(1);
    FoundAttempt attempt = contents.attempts().get(0);
    assertThat(attempt.user()).isEqualTo("CORP\\alice");
    assertThat(attempt.at()).isEqualTo(MIDNIGHT);
    assertThat(diagnosis(attempt).cause()).contains("account-disabled");
    assertThat(AttemptDiagnosis.decidedBy(diagnosis(attempt)).orElseThrow().where())
        .isEqualTo("nps1 IN2601.log line 4");
  }

  @Test
  void theReasonOfNpsAloneTellsWhatIsWrongWithTheClientsCertificate() throws IOException {
    int[] reasons = {73, 256, 265, 267, 268, 278, 283, 286, 287, 289, 293, 295, 296};
    NpsLogRecord[] records = new NpsLogRecord[reasons.length];
    for (int i = 0; i < reasons.length; i++) {
      records[i] = Logs.reject("CORP\\alice", NINE.plusMinutes(i), i, reasons[i]);
    }
    log("IN2601.log", records);
    String revoked = "855 client-certificate-revoked true";
    String expired = "854 client-certificate-expired true";
    String purpose = "853 client-certificate-eku-missing true";
    String issuer = "853 client-certificate-untrusted-issuer true";
    assertThat(read().attempts())
        .extracting(attempt -> diagnosis(attempt))
        .extracting(one -> one.code() + " " + one.likelyCause().orElse("?") + " " + one.certain())
        .containsExactly(
            "853 client-certificate-eku-missing false", // or a purpose that a policy demands
            revoked,
            issuer,
            purpose,
            expired,
            expired,
            purpose,
            issuer,
            issuer,
            revoked,
            purpose,
            issuer,
            purpose);
  }

  @Test
  void clientAndLogAreOneAttemptAndTheLogDecides() throws IOException {
    events(
        "laptop.xml",
        client(0, "laptop", 20221, "CORP\\alice"),
        client(0.1, "laptop", 20222, "CORP\\alice"),
        client(0.2, "laptop", 20223, "CORP\\alice"),
        client(1.4, "laptop", 20227, "CORP\\alice", "ErrorCode", "691"));
    log(
        "IN2601.log",
        Logs.request("CORP\\alice", NINE.minusMinutes(5), 1),
        Logs.reject("CORP\\alice", NINE.minusMinutes(5), 1, 36),
        Logs.request("CORP\\bob", NINE, 2),
        Logs.request("CORP\\alice", NINE, 3),
        Logs.reject("CORP\\bob", NINE.plusSeconds(1), 2, 35),
        Logs.reject("CORP\\alice", NINE.plusSeconds(1), 3, 16));
    Contents contents = read();
    assertThat(contents.failed()).isEqualTo(3);
    FoundAttempt attempt =
        contents.attempts().stream().filter(a -> !a.client().isEmpty()).findFirst().orElseThrow();
    Diagnosis diagnosis = diagnosis(attempt);
    assertThat(diagnosis.code()).isEqualTo(691);
    assertThat(diagnosis.cause()).contains("wrong-password");
    assertThat(AttemptDiagnosis.decidedBy(diagnosis).orElseThrow().where())
        .isEqualTo("nps1 IN2601.log line 6");
  }

  /** In answers NPS has the name of the directory's object, which need not be the account's. */
  @Test
  void theRequestSaysWhoseAccountTheAnswerIsAbout() throws IOException {
    events(
        "laptop.xml",
        client(0, "laptop", 20221, "CORP\\alice"),
        client(0.2, "laptop", 20223, "CORP\\alice"),
        client(1.4, "laptop", 20227, "CORP\\alice", "ErrorCode", "691"));
    log(
        "IN2601.log",
        Logs.request("CORP\\bob", NINE, 2),
        Logs.request("alice@corp.example", NINE, 3),
        Logs.reject("corp.example/Staff/Bob Jones", NINE.plusSeconds(1), 2, 35),
        Logs.reject("corp.example/Staff/Smith, Alice", NINE.plusSeconds(1), 3, 36));
    FoundAttempt attempt =
        read().attempts().stream().filter(a -> !a.client().isEmpty()).findFirst().orElseThrow();
    assertThat(diagnosis(attempt).cause()).contains("account-locked");
  }

  @Test
  void withoutTheLogTheClientsCodeLeavesCandidates() throws IOException {
    events(
        "laptop.xml",
        client(0, "laptop", 20221, "CORP\\alice"),
        client(0.2, "laptop", 20223, "CORP\\alice"),
        client(1.4, "laptop", 20227, "CORP\\alice", "ErrorCode", "691"));
    Diagnosis diagnosis = diagnosis(read().attempts().get(0));
    assertThat(diagnosis.certain()).isFalse();
    assertThat(diagnosis.findings()).extracting(f -> f.cause()).contains("wrong-password");
  }

  /** 117: the remote RADIUS server has not answered the proxy. 259: no revocation list. */
  @Test
  void aCandidateThatTheReasonOfNpsExcludesIsNone() throws IOException {
    for (int i = 0; i < 2; i++) {
      events(
          "laptop" + i + ".xml",
          client(i * 60, "laptop", 20221, "CORP\\alice", "AuthenticationType", "eap-tls"),
          client(i * 60 + 0.2, "laptop", 20223, "CORP\\alice"),
          client(i * 60 + 1.4, "laptop", 20227, "CORP\\alice", "ErrorCode", "812"));
    }
    log(
        "IN2601.log",
        Logs.reject("CORP\\alice", NINE.plusSeconds(1), 1, 117),
        Logs.reject("CORP\\alice", NINE.plusSeconds(61), 2, 259));
    List<FoundAttempt> attempts = read().attempts();
    assertThat(diagnosis(attempts.get(0)).code()).isEqualTo(812);
    assertThat(diagnosis(attempts.get(0)).findings()).isEmpty();
    assertThat(AttemptDiagnosis.refusal(attempts.get(0).evidence().get()).orElseThrow())
        .satisfies(
            refusal -> {
              assertThat(refusal.reason().code()).isEqualTo(117);
              assertThat(refusal.citation().where()).isEqualTo("nps1 IN2601.log line 1");
            });
    assertThat(diagnosis(attempts.get(1)).findings())
        .extracting(Finding::cause, Finding::confidence)
        .containsExactly(
            tuple("nps-crl-unreachable", Finding.Confidence.POSSIBLE),
            tuple("nps-crl-expired", Finding.Confidence.POSSIBLE));
  }

  @Test
  void eachOfSeveralAttemptsHasItsOwnDiagnosis() throws IOException {
    List<EventRecord> events = new ArrayList<>();
    List<NpsLogRecord> log = new ArrayList<>();
    int[] reasons = {16, 34, 36, 8};
    int[] codes = {691, 647, 691, 691};
    for (int i = 0; i < reasons.length; i++) {
      int at = i * 600;
      events.add(client(at, "laptop", 20221, "alice"));
      events.add(client(at + 0.2, "laptop", 20223, "alice"));
      events.add(client(at + 1.5, "laptop", 20227, "alice", "ErrorCode", "" + codes[i]));
      log.add(Logs.request("alice", NINE.plusSeconds(at), i));
      log.add(Logs.reject("CORP\\alice", NINE.plusSeconds(at + 1), i, reasons[i]));
    }
    events("laptop.xml", events.toArray(EventRecord[]::new));
    log("IN2601.log", log.toArray(NpsLogRecord[]::new));
    Contents contents = read();
    assertThat(contents.failed()).isEqualTo(4);
    assertThat(contents.attempts())
        .extracting(attempt -> diagnosis(attempt).cause().orElse("?"))
        .containsExactly("wrong-password", "account-disabled", "account-locked", "unknown-user");
    assertThat(contents.refusals()).isEmpty();
  }

  @Test
  void whatTheCloudSaidInTheInstantOfDialingBelongsToTheAttempt() throws IOException {
    events(
        "a.xml",
        client(0, "laptop", 20221, "carol"),
        client(1, "laptop", 20227, "carol", "ErrorCode", "691"),
        client(60, "laptop", 20221, "carol"),
        client(61, "laptop", 20227, "carol", "ErrorCode", "798"));
    events("b.xml", event(60, "laptop", "Microsoft-Windows-AAD", 1098, Map.of("Error", "no")));
    List<EventRecord> second = read().attempts().get(1).evidence().get().events();
    assertThat(second)
        .extracting(EventRecord::source, EventRecord::id)
        .startsWith(tuple("Microsoft-Windows-AAD", 1098), tuple("RasClient", 20221));
  }

  /** Lists are fetched ahead of attempts, and the fault was there long before the second one. */
  @Test
  void whatLastsCountsForLaterAttempts() throws IOException {
    List<EventRecord> events = new ArrayList<>();
    for (int at : new int[] {3600, 7200}) {
      events.add(client(at, "laptop", 20221, "alice", "AuthenticationType", "eap-tls"));
      events.add(client(at + 0.2, "laptop", 20223, "alice"));
      events.add(client(at + 1.5, "laptop", 20227, "alice", "ErrorCode", "812"));
    }
    events("laptop.xml", events.toArray(EventRecord[]::new));
    events(
        "nps.xml",
        event(
            0,
            "nps1",
            "Microsoft-Windows-CAPI2",
            53,
            Map.of("URL", "http://pki/a.crl", "Result", "0x80072EE2")));
    log(
        "IN2601.log",
        Logs.reject("CORP\\alice", NINE.plusSeconds(3601), 1, 259),
        Logs.reject("CORP\\alice", NINE.plusSeconds(7201), 2, 259));
    assertThat(read().attempts())
        .extracting(attempt -> diagnosis(attempt).cause().orElse("?"))
        .containsExactly("nps-crl-unreachable", "nps-crl-unreachable");
  }

  /** A device tunnel dials by itself when somebody dials his own. */
  @Test
  void attemptsOfOneComputerThatOverlapKeepTheirOwnSteps() throws IOException {
    Map<String, String> device =
        Map.of("CoId", "{1}", "User", "SYSTEM", "ConnectionName", "Device");
    Map<String, String> user = Map.of("CoId", "{2}", "User", "CORP\\alice");
    var failed = new java.util.LinkedHashMap<>(device);
    failed.put("ErrorCode", "13806");
    var refused = new java.util.LinkedHashMap<>(user);
    refused.put("ErrorCode", "691");
    events(
        "laptop.xml",
        event(0, "laptop", "RasClient", 20221, device),
        event(0.1, "laptop", "RasClient", 20222, device),
        event(1, "laptop", "RasClient", 20221, user),
        event(1.2, "laptop", "RasClient", 20223, user),
        event(1.3, "laptop", "RasClient", 20227, failed),
        event(2, "laptop", "RasClient", 20227, refused));
    List<FoundAttempt> attempts = read().attempts();
    assertThat(attempts)
        .extracting(FoundAttempt::user, FoundAttempt::outcome)
        .containsExactly(
            tuple("SYSTEM", FoundAttempt.Outcome.FAILED),
            tuple("CORP\\alice", FoundAttempt.Outcome.FAILED));
    assertThat(attempts)
        .extracting(attempt -> diagnosis(attempt).code())
        .containsExactly(13806, 691);
  }

  /** A whole log, and beside it what somebody had filtered from it. */
  @Test
  void whatTwoFilesHaveOfOneLogHappenedOnce() throws IOException {
    EventRecord[] dialed = {
      client(0, "laptop", 20221, "CORP\\alice"),
      client(0.2, "laptop", 20223, "CORP\\alice"),
      client(1.4, "laptop", 20227, "CORP\\alice", "ErrorCode", "691")
    };
    events("Application.xml", dialed);
    events("filtered/Application.xml", dialed);
    Map<String, String> denial = Map.of("SubjectUserName", "CORP\\bob", "ReasonCode", "36");
    EventRecord denied = event(1, "nps", "Microsoft-Windows-Security-Auditing", 6273, denial);
    events("Security.xml", denied);
    events("filtered/Security.xml", denied);
    Contents contents = read();
    assertThat(contents.failed()).isEqualTo(2);
    assertThat(contents.attempts())
        .extracting(FoundAttempt::outcome)
        .containsOnly(FoundAttempt.Outcome.FAILED);
  }

  /** A lease of another server lasts over attempts, and a second NPS has written as well. */
  @Test
  void theServersThatTheAttemptWentToAreThoseThatNameItsUser() throws IOException {
    events(
        "laptop.xml",
        client(600, "laptop", 20221, "CORP\\alice"),
        client(600.2, "laptop", 20223, "CORP\\alice"),
        client(601, "laptop", 20227, "CORP\\alice", "ErrorCode", "812"));
    events(
        "vpn1.xml",
        event(
            0, "vpn1", "RemoteAccess", 20274, Map.of("User", "CORP\\zoe", "Address", "10.8.0.9")));
    events("nps1.xml", event(600.3, "nps1", "NPS", 4400, Map.of("Domain", "corp.example")));
    Map<String, String> refusal =
        Map.of("User", "CORP\\alice", "Reason", "not allowed", "ErrorCode", "0x32C");
    events("vpn2.xml", event(600.9, "vpn2", "RemoteAccess", 20271, refusal));
    Map<String, String> denial = Map.of("SubjectUserName", "CORP\\alice", "ReasonCode", "48");
    events("nps2.xml", event(600.8, "nps2", "Microsoft-Windows-Security-Auditing", 6273, denial));
    Evidence evidence = read().attempts().get(0).evidence().get();
    assertThat(new Facts(evidence).vpnServer()).isEqualTo("vpn2");
    assertThat(new Facts(evidence).policyServer()).isEqualTo("nps2");
    assertThat(diagnosis(read().attempts().get(0)).cause()).contains("nps-no-matching-policy");
  }

  @Test
  void whatRrasAndNpsSayOfOneRefusalIsOneAttempt() throws IOException {
    events(
        "rras.xml",
        event(
            1.1,
            "rras",
            "RemoteAccess",
            20271,
            Map.of("User", "CORP\\alice", "SourceAddress", "198.51.100.20", "ErrorCode", "0x2B3")));
    events(
        "nps.xml",
        event(
            1,
            "nps1",
            "Microsoft-Windows-Security-Auditing",
            6273,
            Map.of("SubjectUserName", "alice", "ReasonCode", "35")));
    log("IN2601.log", Logs.reject("CORP\\alice", NINE.plusSeconds(1), 1, 35));
    Contents contents = read();
    assertThat(contents.failed()).isEqualTo(1);
    Diagnosis diagnosis = diagnosis(contents.attempts().get(0));
    assertThat(diagnosis.cause()).contains("account-expired");
    assertThat(AttemptDiagnosis.decidedBy(diagnosis).orElseThrow().origin())
        .isEqualTo("nps.xml line 1");
  }

  @Test
  void userTimeAndLimitChoose() throws IOException {
    NpsLogRecord[] records = new NpsLogRecord[100];
    for (int i = 0; i < records.length; i++) {
      String user = i % 2 == 0 ? "CORP\\alice" : "bob@corp.example";
      records[i] = Logs.reject(user, NINE.plusMinutes(i), i, 16);
    }
    log("IN2601.log", records);
    assertThat(read(options("ALICE", null, null, 100)).failed()).isEqualTo(50);
    Instant since = MIDNIGHT.plus(Duration.ofMinutes(10));
    Instant until = MIDNIGHT.plus(Duration.ofMinutes(20));
    assertThat(read(options("", since, until, 100)).failed()).isEqualTo(10);
    Contents last = read(options("bob", null, null, 3));
    assertThat(last.failed()).isEqualTo(50);
    assertThat(last.attempts()).hasSize(3);
    assertThat(last.attempts().get(2).at()).isEqualTo(MIDNIGHT.plus(Duration.ofMinutes(99)));
  }

  @Test
  void whatCannotBeReadIsSaidAndTheRestIsDiagnosed() throws IOException {
    log("IN2601.log", Logs.reject("CORP\\alice", NINE, 1, 34));
    Files.write(folder.resolve("noise.log"), new byte[] {0, 1, 2, 3});
    Files.writeString(folder.resolve("scan.xml"), "<nmaprun/>");
    Files.writeString(folder.resolve("empty.xml"), "");
    Files.write(folder.resolve("cut.pcapng"), new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0x1c, 0});
    Contents contents = read();
    assertThat(contents.failed()).isEqualTo(1);
    assertThat(contents.files())
        .extracting(FileReport::name, FileReport::read)
        .containsExactly(
            tuple("IN2601.log", true),
            tuple("cut.pcapng", false),
            tuple("empty.xml", false),
            tuple("noise.log", false),
            tuple("scan.xml", false));
  }

  /** As Wireshark writes them: an interface of Ethernet, and no flags that have the direction. */
  @Test
  void aCaptureThatDoesNotSayWhichWayPacketsWentIsNotSaidToBeOfUse() throws IOException {
    String section = "0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000";
    String ethernet = "01000000140000000100000000000400" + "14000000";
    String ip = "45000014000000004011000001020304" + "05060708";
    String frame = "0200000000010200000000020800" + ip + "0000";
    String packet = "0600000044000000000000000000000000000000" + "22000000" + "22000000" + frame;
    byte[] file = Octets.ofHex(section + ethernet + packet + "44000000").toArray();
    Files.write(folder.resolve("a.pcapng"), file);
    FileReport report = read().files().get(0);
    assertThat(report.summary()).startsWith("1 packets, 1 of them without a direction");
    assertThat(report.read()).isFalse();
  }

  @Test
  void aLargeLogIsCountedExactly() throws IOException {
    SyntheticNpsLog.Summary summary;
    try (OutputStream out = Files.newOutputStream(folder.resolve("IN2501.log"))) {
      summary = SyntheticNpsLog.write(out, 8_000_000, 5);
    }
    Contents contents = read(options("", null, null, 10));
    assertThat(contents.failed()).isEqualTo(summary.refused());
    assertThat(contents.connected()).isEqualTo(summary.granted());
    assertThat(contents.files().get(0).skipped().total()).isEqualTo(summary.broken());
    assertThat(contents.refusals().stream().mapToLong(EvidenceFolder.Refusals::count).sum())
        .isEqualTo(summary.refused());
    assertThat(contents.attempts()).hasSize(10);
    assertThat(contents.attempts())
        .allSatisfy(attempt -> assertThat(diagnosis(attempt).findings()).isNotEmpty());
  }

  @Test
  void theSameSeedGivesTheSameLog() throws IOException {
    var one = new java.io.ByteArrayOutputStream();
    var other = new java.io.ByteArrayOutputStream();
    SyntheticNpsLog.write(one, 200_000, 7);
    SyntheticNpsLog.write(other, 200_000, 7);
    assertThat(one.toByteArray()).isEqualTo(other.toByteArray());
  }
}
