package vpnlab.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogXml;
import vpnlab.files.FileKind.Type;

class FileKindTest {
  private static FileKind of(String text) {
    return FileKind.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void npsLogsAreKnownByTheirRecordsEvenBehindAHeadingOrABrokenLine() {
    String csv = NpsLogCsv.encode(Logs.reject("alice", Logs.NINE, 1, 16));
    String xml = NpsLogXml.encode(Logs.reject("alice", Logs.NINE, 1, 16));
    for (String text :
        new String[] {
          csv,
          xml,
          NpsLogCsv.heading() + "\r\n",
          "\0\0\0\r\n" + csv,
          "alf\r\n" + xml,
          "\ufeff" + csv
        }) {
      assertThat(of(text).type()).as(text).isEqualTo(Type.NPS_LOG);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<?xml version='1.0'?><nmaprun scanner='nmap'/>|root element is nmaprun",
        "<!-- a --><Events xmlns='urn:else'><Event id='1'/></Events>|root element is Events",
        "<html><body>not here</body></html>|root element is html",
        "Dear colleague, the log is attached.|a text of another kind",
        "1,2,3|a text of another kind"
      })
  void filesOfOtherProgramsAreNamedAsWhatTheyAre(String text, String title) {
    assertThat(of(text).type()).isEqualTo(Type.UNKNOWN);
    assertThat(of(text).title()).contains(title);
  }

  @Test
  void eventsBehindAPromptAreEvents() {
    String event =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System/></Event>";
    assertThat(of("C:\\> wevtutil qe Application\r\n" + event).type())
        .isEqualTo(Type.WINDOWS_EVENTS);
  }

  @Test
  void aBinaryEventLogComesWithTheCommandThatExportsIt() {
    FileKind kind = of("ElfFile\0\0\0\0");
    assertThat(kind.type()).isEqualTo(Type.UNKNOWN);
    assertThat(kind.title()).contains(".evtx");
    assertThat(kind.advice()).contains("wevtutil qe");
  }

  @Test
  void whatCannotBeUsedAsItIsComesWithWhatToDo() {
    String csv = NpsLogCsv.encode(Logs.reject("alice", Logs.NINE, 1, 16));
    FileKind wide = FileKind.of(("\ufeff" + csv).getBytes(StandardCharsets.UTF_16LE));
    assertThat(wide.title()).isEqualTo("an NPS log in UTF-16");
    assertThat(wide.advice()).contains("copy the server's own file");
    String xml = NpsLogXml.encode(Logs.reject("alice", Logs.NINE, 1, 16));
    FileKind wideXml = FileKind.of(("\ufeff" + xml).getBytes(StandardCharsets.UTF_16LE));
    assertThat(wideXml.title()).isEqualTo("an NPS log in UTF-16");
    FileKind old =
        of("10.0.0.2,CORP\\alice,01/15/2026,09:00:00,IAS,NPS1,4,10.0.0.2,4136,3,4142,16\r\n");
    assertThat(old.title()).contains("IAS format");
    assertThat(old.advice()).contains("ODBC");
    assertThat(of("Event[0]:\r\n  Log Name: Security\r\n").advice()).contains("/f:xml");
    assertThat(of("Level,Date and Time,Source,Event ID\r\n").advice()).contains("/f:xml");
    FileKind nanoseconds = FileKind.of(new byte[] {0x4d, 0x3c, (byte) 0xb2, (byte) 0xa1, 2, 0});
    assertThat(nanoseconds.advice()).contains("editcap");
    FileKind der = FileKind.of(new byte[] {0x30, (byte) 0x82, 3, 0, 0x30});
    assertThat(der.title()).contains("certificate");
    assertThat(der.advice()).contains("Host: NAME", "Store:");
    assertThat(FileKind.of(new byte[] {0x1f, (byte) 0x8b, 8, 0}).advice()).contains("unpack it");
  }

  @Test
  void anyOctetsAreOfSomeKind() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] octets = new byte[random.nextInt(300)];
      random.nextBytes(octets);
      FileKind kind = FileKind.of(octets);
      assertThat(kind.type()).isIn(Type.UNKNOWN, Type.EMPTY);
      assertThat(kind.title()).isNotBlank();
    }
  }
}
