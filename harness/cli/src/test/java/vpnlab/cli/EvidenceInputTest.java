package vpnlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogRecord;

/** What {@code diagnose --evidence} says of good, broken and foreign files, and its exit codes. */
class EvidenceInputTest {
  @TempDir private Path folder;

  private record Answer(int exit, String out, String err) {}

  private static Answer vpnlab(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Vpnlab.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    return new Answer(line.execute(arguments), out.toString(), err.toString());
  }

  private Answer diagnose(String... more) {
    String[] all = new String[5 + more.length];
    System.arraycopy(
        new String[] {"diagnose", "--evidence", folder.toString(), "--zone", "UTC"}, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return vpnlab(all);
  }

  private static String record(int type, String user, int reason) {
    return NpsLogCsv.encode(
        NpsLogRecord.builder()
            .text(NpsLogField.COMPUTER_NAME, "NPS1")
            .text(NpsLogField.SERVICE_NAME, "IAS")
            .timestamp(LocalDateTime.of(2026, 1, 15, 9, 0))
            .number(NpsLogField.PACKET_TYPE, type)
            .text(NpsLogField.FULLY_QUALIFIED_NAME, user)
            .number(NpsLogField.REASON_CODE, reason)
            .text(NpsLogField.CLASS, "311 1 10.0.0.3 01/15/2026 08:00:00 " + user)
            .build());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void oneLine(Answer answer, int exit, String... words) {
    assertThat(answer.exit()).as(answer.err()).isEqualTo(exit);
    assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
    assertThat(answer.err()).contains(words).doesNotContain("Exception");
  }

  @Test
  void aFolderThatIsNotThere() {
    oneLine(vpnlab("diagnose", "--evidence", "no-such-folder"), 2, "no-such-folder", "not exist");
  }

  @Test
  void anEmptyFolder() {
    oneLine(diagnose(), 4, "nothing in", "it has no files");
  }

  @Test
  void xmlOfAnotherProgramAlone() throws IOException {
    write("scan.xml", "<?xml version='1.0'?>\n<nmaprun scanner='nmap'/>");
    oneLine(diagnose(), 4, "scan.xml", "XML of another program", "nmaprun", "wevtutil qe");
  }

  @Test
  void aBinaryEventLogAlone() throws IOException {
    write("Security.evtx", "ElfFile\0\0\0");
    oneLine(diagnose(), 4, "Security.evtx", "binary event log", "wevtutil qe");
  }

  @Test
  void aLogInWhichEveryLineIsBroken() throws IOException {
    write("IN2601.log", NpsLogCsv.heading() + "\r\n\0\0\0\r\n" + record(3, "a", 16).substring(9));
    oneLine(diagnose(), 4, "IN2601.log", "0 records");
  }

  @Test
  void aTruncatedAndABinaryFileAndForeignXmlBesideAGoodLog() throws IOException {
    write("IN2601.log", record(3, "CORP\\alice", 34) + "\r\n" + record(3, "x", 1).substring(0, 50));
    write(
        "IN2602.log", NpsLogCsv.heading() + "\r\n\0\0\0\r\n" + record(2, "CORP\\bob", 0) + "\r\n");
    write("noise.bin", "\1\2\3\4");
    write("scan.xml", "<nmaprun/>");
    Answer answer = diagnose();
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains(
            "line 2: is cut off",
            "line 1: is a heading row, not a record",
            "line 2: column 1 (ComputerName) has control characters",
            "noise.bin  skipped, a binary file of another kind",
            "scan.xml  skipped, XML of another program (its root element is nmaprun)",
            "attempts: 1 failed, 1 connected",
            "account-disabled (certain)",
            "decided by nps1 IN2601.log line 1");
  }

  @Test
  void aFolderWithoutAnyReadableFileNamesTheFirstAndHowManyMore() throws IOException {
    Files.write(folder.resolve("a.log.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    write("readme.txt", "hello");
    oneLine(diagnose(), 4, "a.log.gz", "compressed", "unpack it", "and 1 more");
  }

  @Test
  void linksAreFollowedOnceAndNeverRoundInCircles() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.writeString(real.resolve("IN2601.log"), record(3, "CORP\\alice", 34) + "\r\n");
    Files.createSymbolicLink(real.resolve("round"), real);
    Files.createSymbolicLink(real.resolve("nowhere"), folder.resolve("no-such-file"));
    Files.createSymbolicLink(real.resolve("twice.log"), real.resolve("IN2601.log"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Answer answer = vpnlab("diagnose", "--evidence", link.toString(), "--zone", "UTC");
    assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains(
            "round  skipped, a link back to a folder above it",
            "nowhere  skipped, a link to nothing",
            "twice.log  skipped, the same file as IN2601.log",
            "attempts: 1 failed, 0 connected");
  }

  @Test
  void whatMayNotBeReadIsSaidAndTheRestIsDiagnosed() throws IOException {
    write("IN2601.log", record(3, "CORP\\alice", 34) + "\r\n");
    Path file = Files.writeString(folder.resolve("IN2602.log"), record(3, "x", 16) + "\r\n");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root may read everything");
    try {
      Answer answer = diagnose();
      assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
      assertThat(answer.out())
          .contains(
              "IN2602.log  skipped, cannot be read: permission denied",
              "closed  skipped, cannot be read: permission denied",
              "attempts: 1 failed");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void redirectedOutputOfPowerShellIsReadInUtf16() throws IOException {
    wide(
        "laptop.xml",
        """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
        <Provider Name='RasClient'/><EventID>20227</EventID>\
        <TimeCreated SystemTime='2026-01-15T09:00:00Z'/><Channel>Application</Channel>\
        <Computer>laptop</Computer></System><EventData><Data Name='User'>alice</Data>\
        <Data Name='ErrorCode'>691</Data></EventData></Event>
        """);
    wide("facts.txt", "vpnlab facts\nhost nps\tservices/IAS\tRunning\n");
    Answer answer = diagnose();
    assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
    assertThat(answer.out())
        .contains(
            "laptop.xml  events of Windows: 1 events, 1 of them",
            "facts.txt  facts about hosts: 1 hosts",
            "alice at laptop");
  }

  private void wide(String name, String text) throws IOException {
    Files.write(folder.resolve(name), ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE));
  }

  @Test
  void filesThatTellOfNoAttemptAreNoSignOfHealth() throws IOException {
    write("facts.txt", "vpnlab facts\nhost nps\tservices/IAS\tRunning\n");
    oneLine(diagnose(), 4, "no attempt to connect", "RasClient", "NPS's own log");
    assertThat(diagnose("--user", "alice").exit()).isZero();
  }

  @Test
  void aLogWithoutAnyRefusalIsHealthy() throws IOException {
    write("IN2601.log", record(2, "CORP\\bob", 0) + "\r\n");
    assertThat(diagnose().exit()).isZero();
  }

  @Test
  void aReasonThatNoRuleKnowsIsShownAsNpsHasIt() throws IOException {
    write("IN2601.log", record(3, "CORP\\bob", 262) + "\r\n");
    assertThat(diagnose().out()).contains("NPS refused: 262");
  }

  private static String denied(int event, String user, int reason) {
    return """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
        <Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>%d</EventID>\
        <TimeCreated SystemTime='2026-01-15T09:00:00Z'/><Channel>Security</Channel>\
        <Computer>NPS1</Computer></System><EventData><Data Name='SubjectUserName'>%s</Data>\
        <Data Name='ReasonCode'>%d</Data></EventData></Event>
        """
        .formatted(event, user, reason);
  }

  @Test
  void soItIsWhenOnlyTheEventHasTheReason() throws IOException {
    write("Security.xml", denied(6273, "alice", 117) + denied(6274, "bob", 9));
    Answer answer = diagnose();
    assertThat(answer.out())
        .contains(
            "NPS refused: 117 NPS_REASON_117: ",
            "decided by Security.xml line 1",
            "NPS did not answer: 9 NPS_REASON_9: ",
            "decided by Security.xml line 2")
        .doesNotContain("no rule fired", "ERROR_PENDING");
    JsonNode json = JsonMapper.builder().build().readTree(diagnose("--format", "json").out());
    assertThat(json.at("/attempts/0/npsReason/code").asInt()).isEqualTo(117);
    assertThat(json.at("/attempts/0/npsReason/meaning").asString()).isNotEmpty();
    assertThat(json.at("/attempts/0/decidedBy").asString()).isEqualTo("Security.xml line 1");
  }

  @Test
  void whatRrasSaysIsToldWhereNothingElseTellsMore() throws IOException {
    write(
        "System.xml",
        """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
        <Provider Name='RemoteAccess'/><EventID Qualifiers='0'>20271</EventID>\
        <TimeCreated SystemTime='2026-01-15T09:00:00Z'/><Channel>System</Channel>\
        <Computer>VPN1</Computer></System><EventData><Data>{1}</Data><Data>CORP\\alice</Data>\
        <Data>198.51.100.20</Data><Data>Der Server antwortet nicht.</Data><Data>0x3A2</Data>\
        </EventData></Event>
        """);
    assertThat(diagnose().out())
        .contains(
            "VPN server refused: Der Server antwortet nicht. (930 ERROR_AUTH_SERVER_TIMEOUT: ",
            "decided by System.xml line 1")
        .doesNotContain("no rule fired", "PENDING");
    JsonNode json = JsonMapper.builder().build().readTree(diagnose("--format", "json").out());
    assertThat(json.at("/attempts/0/decidedBy").asString()).isEqualTo("System.xml line 1");
  }

  @Test
  void whereNoRuleFiresTheCausesBehindTheCodeAreAtHand() throws IOException {
    write(
        "Application.xml",
        """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
        <Provider Name='RasClient'/><EventID>20227</EventID>\
        <TimeCreated SystemTime='2026-01-15T09:00:00Z'/><Channel>Application</Channel>\
        <Computer>LAPTOP</Computer></System><EventData><Data>{1}</Data><Data>CORP\\alice</Data>\
        <Data>Corp</Data><Data>809</Data></EventData></Event>
        """);
    assertThat(diagnose().out())
        .contains("no rule fired; what may be behind it: vpnlab explain 809");
  }

  @Test
  void machinesGetTheSameAsJson() throws IOException {
    write("IN2601.log", record(3, "CORP\\alice", 34) + "\r\nalf\r\n");
    Answer answer = diagnose("--format", "json");
    JsonNode json = JsonMapper.builder().build().readTree(answer.out());
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(json.at("/failed").asInt()).isEqualTo(1);
    assertThat(json.at("/files/0/skippedLines/0/line").asInt()).isEqualTo(2);
    assertThat(json.at("/refusals/0/cause").asString()).isEqualTo("account-disabled");
    assertThat(json.at("/attempts/0/user").asString()).isEqualTo("CORP\\alice");
    assertThat(json.at("/attempts/0/decidedBy").asString()).isEqualTo("nps1 IN2601.log line 1");
    assertThat(json.at("/attempts/0/diagnosis/cause").asString()).isEqualTo("account-disabled");
  }

  @Test
  void optionsThatAreWrong() {
    oneLine(diagnose("--since", "yesterday"), 2, "--since", "'yesterday'");
    oneLine(diagnose("--limit", "0"), 2, "--limit");
    oneLine(
        vpnlab("diagnose", "--evidence", folder.toString(), "--zone", "Atlantis"),
        2,
        "--zone",
        "'Atlantis'");
    oneLine(diagnose("--server", "127.0.0.1"), 2, "--evidence", "--server");
    oneLine(vpnlab("diagnose"), 2, "--server", "--ca", "--auth", "--evidence DIR");
  }

  @Test
  void coverageCountsWhatHasAScenario() {
    Answer answer = vpnlab("coverage", "--format", "json");
    JsonNode json = JsonMapper.builder().build().readTree(answer.out());
    assertThat(answer.exit()).isZero();
    assertThat(json.at("/failures").asInt()).isEqualTo(156);
    assertThat(json.at("/modes").size()).isEqualTo(175);
    int covered = 0;
    for (JsonNode mode : json.at("/modes")) {
      boolean failure = mode.at("/kind").asString().equals("failure");
      covered += failure && mode.at("/scenarios").size() > 0 ? 1 : 0;
    }
    assertThat(json.at("/failuresCovered").asInt()).isEqualTo(covered).isPositive();
    assertThat(vpnlab("coverage", "--missing", "--tunnel", "sstp").out())
        .contains("none")
        .doesNotContain("ikev2-");
    oneLine(vpnlab("coverage", "--tunnel", "ikve2"), 2, "did you mean 'ikev2'?");
  }
}
