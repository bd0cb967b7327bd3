package vpnlab.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.EventRecord.Level;

/** Documents made by hand after the schema of events; none is a sample of somebody's. */
class EventXmlReaderTest {
  private static final String NAMESPACE =
      "xmlns='http://schemas.microsoft.com/win/2004/08/events/event'";

  /** The old sources write a bare list of strings. */
  private static final String RAS_CLIENT =
      """
      <Event %s>
        <System>
          <Provider Name="RasClient" />
          <EventID Qualifiers="0">20227</EventID>
          <Level>2</Level>
          <Task>0</Task>
          <Keywords>0x80000000000000</Keywords>
          <TimeCreated SystemTime="2026-01-15T09:00:03.1234567Z" />
          <EventRecordID>4711</EventRecordID>
          <Channel>Application</Channel>
          <Computer>LAPTOP.corp.example</Computer>
          <Security />
        </System>
        <EventData>
          <Data>{AB0D5837-BC31-CBF2-BF8E-155AA9D89E05}</Data>
          <Data>CORP\\alice</Data>
          <Data>Corp &amp; VPN</Data>
          <Data>691</Data>
        </EventData>
        <RenderingInfo Culture="en-US"><Message>CoId=... failed</Message></RenderingInfo>
      </Event>
      """
          .formatted(NAMESPACE);

  private static final String NPS =
      "<Event "
          + NAMESPACE
          + "><System><Provider Name='Microsoft-Windows-Security-Auditing'"
          + " Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>6273</EventID><Level>0</Level>"
          + "<Keywords>0x8010000000000000</Keywords><TimeCreated"
          + " SystemTime='2026-01-15T09:00:02.000000000Z'/><Channel>Security</Channel>"
          + "<Computer>NPS1</Computer></System><EventData><Data Name='SubjectUserName'>CORP\\alice"
          + "</Data><Data Name='ReasonCode'>16</Data></EventData></Event>";

  private static EventXmlReader.Result read(byte[] file, List<EventRecord> events)
      throws IOException {
    return EventXmlReader.read(new ByteArrayInputStream(file), "a.xml", events::add);
  }

  private static EventXmlReader.Result read(String file, List<EventRecord> events)
      throws IOException {
    return read(file.getBytes(StandardCharsets.UTF_8), events);
  }

  @Test
  void bareStringsGetTheNamesOfTheirPlaces() throws IOException {
    List<EventRecord> events = new ArrayList<>();
    read("<?xml version='1.0'?>\n<Events>" + RAS_CLIENT + "</Events>", events);
    assertThat(events)
        .containsExactly(
            new EventRecord(
                Instant.parse("2026-01-15T09:00:03.123456700Z"),
                "laptop",
                "Application",
                "RasClient",
                20227,
                Level.ERROR,
                Map.of(
                    "CoId",
                    "{AB0D5837-BC31-CBF2-BF8E-155AA9D89E05}",
                    "User",
                    "CORP\\alice",
                    "ConnectionName",
                    "Corp & VPN",
                    "ErrorCode",
                    "691"),
                "CoId=... failed",
                "a.xml line 2"));
  }

  @Test
  void theEndOfAConnectionHasAReasonAndNoError() throws IOException {
    List<EventRecord> events = new ArrayList<>();
    read(RAS_CLIENT.replace("20227", "20226").replace("691", "631"), events);
    assertThat(events.get(0).data("ReasonCode")).isEqualTo("631");
  }

  @Test
  void theBareStringsOfRrasAndNpsHaveTheNamesThatRulesAskFor() throws IOException {
    String event =
        """
        <Event %s><System><Provider Name='%%s'/><EventID Qualifiers='0'>%%d</EventID>\
        <TimeCreated SystemTime='2026-01-15T09:00:02Z'/><Channel>System</Channel>\
        <Computer>VPN1</Computer></System><EventData>%%s</EventData></Event>
        """
            .formatted(NAMESPACE);
    String session =
        "-|{1}|CORP\\alice|VPN2-7|1/15/2026|8:00:00 AM|1/15/2026|9:00:00 AM|60|0|1|2|lost|IKEv2|-";
    List<EventRecord> events = new ArrayList<>();
    read(
        event.formatted("RemoteAccess", 20152, "<Data>0x3AA</Data>")
            + event.formatted("RemoteAccess", 20088, "<Data>10.8.0.1</Data>")
            + event.formatted("RemoteAccess", 20169, "<Data>169.254.0.1</Data>")
            + event.formatted(
                "RemoteAccess", 20272, "<Data>" + session.replace("|", "</Data><Data>") + "</Data>")
            + event.formatted("NPS", 4402, "<Data>corp.example</Data>"),
        events);
    assertThat(events.get(0).data("ErrorCode")).isEqualTo("0x3AA");
    assertThat(events.get(1).data("Address")).isEqualTo("10.8.0.1");
    assertThat(events.get(2).data("Address")).isEqualTo("169.254.0.1");
    assertThat(events.get(3).data("CoId")).isEqualTo("{1}");
    assertThat(events.get(3).data("User")).isEqualTo("CORP\\alice");
    assertThat(events.get(3).data("Reason")).isEqualTo("lost");
    assertThat(events.get(4).data("Domain")).isEqualTo("corp.example");
  }

  @Test
  void whatWevtutilWritesWithoutARootElementIsReadTooInEveryEncoding() throws IOException {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      List<EventRecord> events = new ArrayList<>();
      read(("\ufeff" + NPS + "\n" + RAS_CLIENT + NPS).getBytes(charset), events);
      assertThat(events).extracting(EventRecord::id).containsExactly(6273, 20227, 6273);
      assertThat(events.get(0).level()).isEqualTo(Level.AUDIT_FAILURE);
      assertThat(events.get(0).data("ReasonCode")).isEqualTo("16");
    }
  }

  /** The words have elements of the same names as the system's part, in the viewer's language. */
  @Test
  void theWordsThatTheEventViewerAddsTakeNothingAway() throws IOException {
    String words =
        "<RenderingInfo Culture='de-DE'><Message>Zugriff verweigert</Message><Level>Fehler</Level>"
            + "<Task>Netzwerkrichtlinienserver</Task><Opcode>Info</Opcode><Channel>Sicherheit"
            + "</Channel><Provider>Windows-Sicherheitsüberwachung</Provider><Keywords><Keyword>"
            + "Überwachung gescheitert</Keyword></Keywords></RenderingInfo></Event>";
    List<EventRecord> events = new ArrayList<>();
    EventXmlReader.Result result = read(NPS.replace("</Event>", words), events);
    assertThat(result.skipped().total()).isZero();
    assertThat(events)
        .extracting(EventRecord::source, EventRecord::log, EventRecord::level, EventRecord::message)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "Microsoft-Windows-Security-Auditing",
                "Security",
                Level.AUDIT_FAILURE,
                "Zugriff verweigert"));
  }

  @Test
  void theUserDataOfCapi2IsFlattened() throws IOException {
    String event =
        NPS.replace("Microsoft-Windows-Security-Auditing", "Microsoft-Windows-CAPI2")
            .replace("6273", "11")
            .replaceAll(
                "<EventData>.*</EventData>",
                "<UserData><CertGetCertificateChain><Certificate fileRef='1.cer'"
                    + " subjectName='vpn.corp.example'/><CertificateChain><TrustStatus><ErrorStatus"
                    + " value='20' CERT_TRUST_IS_UNTRUSTED_ROOT='true'/></TrustStatus>"
                    + "</CertificateChain><Result value='800B0109'>untrusted</Result>"
                    + "</CertGetCertificateChain></UserData>");
    List<EventRecord> events = new ArrayList<>();
    read(event, events);
    assertThat(events.get(0).data())
        .containsEntry("Subject", "vpn.corp.example")
        .containsEntry("ErrorStatus", "0x20")
        .containsEntry("Result", "0x800B0109");
  }

  @Test
  void otherEventsOfWindowsAreCountedAndNotKept() throws IOException {
    List<EventRecord> events = new ArrayList<>();
    EventXmlReader.Result result =
        read(NPS + NPS.replace("6273", "4624") + NPS.replace("Microsoft-", "Other-"), events);
    assertThat(events).hasSize(1);
    assertThat(result.events()).isEqualTo(3);
    assertThat(result.relevant()).isEqualTo(1);
  }

  @Test
  void aBrokenEventDoesNotTakeTheOthersWithIt() throws IOException {
    List<EventRecord> events = new ArrayList<>();
    String file =
        NPS
            + "\n"
            + NPS.replace("</System>", "</Sistem>")
            + "\n"
            + NPS.substring(0, 300)
            + "\n"
            + NPS
            + "\n"
            + NPS.replace("2026-01-15T", "yesterday ")
            + "\n"
            + NPS.substring(0, 200);
    EventXmlReader.Result result = read(file, events);
    assertThat(events)
        .extracting(EventRecord::origin)
        .containsExactly("a.xml line 1", "a.xml line 4");
    assertThat(result.skipped().first())
        .extracting(SkippedLines.Skipped::line)
        .containsExactly(2L, 3L, 5L, 6L);
  }

  @Test
  void entitiesOfADocumentTypeAreNeverResolved(@TempDir Path folder) throws IOException {
    Path secret = folder.resolve("secret.txt");
    Files.writeString(secret, "the secret");
    String type = "<!DOCTYPE Events [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>";
    List<EventRecord> events = new ArrayList<>();
    EventXmlReader.Result outside =
        read(type + "<Events>" + NPS.replace(">16<", ">&x;<") + NPS + "</Events>", events);
    assertThat(events).hasSize(1);
    assertThat(outside.skipped().total()).isEqualTo(1);
    EventXmlReader.Result inside = read(NPS.replace("<System>", type + "<System>"), events);
    assertThat(inside.skipped().total()).isEqualTo(1);
    assertThat(events.toString()).doesNotContain("the secret");
  }

  @Test
  void manyMeggedEntitiesDoNotBlowUp() throws IOException {
    String bomb = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]>";
    List<EventRecord> events = new ArrayList<>();
    read(bomb + NPS.replace(">16<", ">&b;<"), events);
    assertThat(events).isEmpty();
  }

  @Test
  void everyEventThatIsExportedIsReadBack() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      EventRecord event = random(random);
      List<EventRecord> events = new ArrayList<>();
      EventXmlReader.Result result = read(EventXml.write(event, i), events);
      assertThat(result.skipped().total()).isZero();
      assertThat(events)
          .containsExactly(
              new EventRecord(
                  event.at(),
                  event.host(),
                  event.log(),
                  event.source(),
                  event.id(),
                  event.level(),
                  event.data(),
                  event.message(),
                  "a.xml line 1"));
    }
  }

  private static EventRecord random(Random random) {
    String[] sources = {"RasClient", "RemoteAccess", "NPS", "Microsoft-Windows-Time-Service"};
    Map<String, String> data = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      data.put("name" + i, text(random));
    }
    return new EventRecord(
        Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000_000)),
        "host" + random.nextInt(3),
        "Some-Log/Operational",
        sources[random.nextInt(sources.length)],
        random.nextInt(65536),
        Level.values()[random.nextInt(5)],
        data,
        text(random));
  }

  /** Without blanks at its ends, which readers of XML may drop. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append("abc<>&'\" ]]>äß日\n;{}-!?".charAt(random.nextInt(22)));
    }
    return text.toString().strip();
  }

  @Test
  void anyOctetsAreReadWithoutAComplaintOfTheMachine() throws IOException {
    Random random = new Random(2);
    int read = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] file = (NPS + "\n" + RAS_CLIENT).getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(6); n >= 0; n--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      List<EventRecord> events = new ArrayList<>();
      EventXmlReader.Result result = read(file, events);
      read += events.size();
      assertThat(result.relevant()).isEqualTo(events.size());
    }
    assertThat(read).isBetween(500, 9_500);
  }
}
