package vpnlab.evidence.npslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.LocalDateTime;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import vpnlab.wire.MalformedMessageException;

/** Lines made by hand after the rules of the format; no line is another product's sample. */
class NpsLogXmlTest {
  private static final String REJECT =
      "<Event><Timestamp data_type=\"4\">01/15/2026 09:03:08.250</Timestamp>"
          + "<Computer-Name data_type=\"1\">NPS1</Computer-Name>"
          + "<Event-Source data_type=\"1\">IAS</Event-Source>"
          + "<Packet-Type data_type=\"0\">3</Packet-Type>"
          + "<Fully-Qualifed-User-Name data_type=\"1\">CORP\\alice</Fully-Qualifed-User-Name>"
          + "<Client-IP-Address data_type=\"3\">10.0.0.2</Client-IP-Address>"
          + "<NP-Policy-Name data_type=\"1\">Staff &amp; &lt;guests&gt;</NP-Policy-Name>"
          + "<Reason-Code data_type=\"0\">16</Reason-Code>"
          + "<Class data_type=\"1\">311 1 10.0.0.3 01/15/2026 08:00:00 7</Class>"
          + "<SAM-Account-Name data_type=\"1\">CORP\\alice</SAM-Account-Name></Event>";

  @Test
  void anEventIsReadElementByElement() throws MalformedMessageException {
    NpsLogRecord record = NpsLogXml.decode(REJECT);
    assertThat(record.timestamp()).contains(LocalDateTime.of(2026, 1, 15, 9, 3, 8, 250_000_000));
    assertThat(record.text(NpsLogField.SERVICE_NAME)).isEqualTo("IAS");
    assertThat(record.isPacketType(NpsLogRecord.ACCESS_REJECT)).isTrue();
    assertThat(record.user()).isEqualTo("CORP\\alice");
    assertThat(record.text(NpsLogField.POLICY_NAME)).isEqualTo("Staff & <guests>");
    assertThat(record.reasonCode()).hasValue(16);
    assertThat(record.others())
        .containsExactly(Map.entry("SAM-Account-Name", new NpsLogRecord.Other(1, "CORP\\alice")));
  }

  @Test
  void aLineIsWrittenAsItWasRead() throws MalformedMessageException {
    assertThat(NpsLogXml.encode(NpsLogXml.decode(REJECT))).isEqualTo(REJECT);
  }

  @Test
  void emptyElementsReferencesAndOtherQuotesAreXmlToo() throws MalformedMessageException {
    NpsLogRecord record =
        NpsLogXml.decode(
            "  <Event> <Class data_type='1'/> <User-Name data_type='1'>&#65;&#x42;&quot;&apos;"
                + "</User-Name><NAS-Port data_type=\"0\">1</NAS-Port></Event> ");
    assertThat(record.text(NpsLogField.USER_NAME)).isEqualTo("AB\"'");
    assertThat(record.number(NpsLogField.NAS_PORT)).hasValue(1);
    assertThat(record.values()).hasSize(2);
  }

  @Test
  void aFurtherElementIsHexadecimalWhenItIsNoTextAndMissingWhenItIsEmpty() {
    NpsLogRecord record =
        NpsLogRecord.builder()
            .other("SAM-Account-Name", 1, "CORP\\a\u0007")
            .other("Provider-Hint", 1, "")
            .build();
    assertThat(NpsLogXml.encode(record))
        .isEqualTo(
            "<Event><SAM-Account-Name data_type=\"2\">0x434F52505C6107</SAM-Account-Name></Event>");
  }

  @Test
  void whatNpsDoesNotWriteIsRefused() {
    assertThatThrownBy(() -> NpsLogXml.decode(REJECT.substring(0, 200)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("element Packet-Type lacks </Packet-Type>");
    assertThatThrownBy(() -> NpsLogXml.decode("<Event><A data_type=\"1\">&evil;</A></Event>"))
        .hasMessage("element A has an entity that is not XML's own");
    assertThatThrownBy(() -> NpsLogXml.decode("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:/x\">]>"))
        .hasMessage("the record lacks <Event>");
    assertThatThrownBy(() -> NpsLogXml.decode("<Event><Packet-Type>x</Packet-Type></Event>"))
        .hasMessage("element Packet-Type has a value that does not fit it");
    assertThatThrownBy(() -> NpsLogXml.decode(REJECT + REJECT))
        .hasMessage("the record goes on after </Event>");
    assertThatThrownBy(() -> NpsLogXml.decode("")).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void everyRecordSurvivesItsLine() throws MalformedMessageException {
    RandomRecords records = new RandomRecords(3);
    for (int i = 0; i < 5_000; i++) {
      NpsLogRecord record = records.next(true, NpsLogField.COLUMNS);
      assertThat(NpsLogXml.decode(NpsLogXml.encode(record))).isEqualTo(record);
    }
  }

  @Test
  void anotherParserReadsTheSameValues() throws Exception {
    var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    RandomRecords records = new RandomRecords(4);
    for (int i = 0; i < 500; i++) {
      NpsLogRecord record = records.next(true, NpsLogField.COLUMNS);
      Element event =
          parser
              .parse(new InputSource(new StringReader(NpsLogXml.encode(record))))
              .getDocumentElement();
      for (Node node = event.getFirstChild(); node != null; node = node.getNextSibling()) {
        String name = node.getNodeName();
        String value = node.getTextContent();
        NpsLogField.ofElement(name)
            .ifPresent(field -> assertThat(record.text(field)).isEqualTo(value));
      }
    }
  }

  @Test
  void anyLineIsARecordOrMalformed() {
    RandomRecords records = new RandomRecords(5);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      String line =
          i % 4 == 0
              ? records.noise()
              : records.mutate(NpsLogXml.encode(records.next(true, NpsLogField.COLUMNS)));
      try {
        NpsLogRecord record = NpsLogXml.decode(line);
        assertThat(NpsLogXml.decode(NpsLogXml.encode(record))).isEqualTo(record);
        read++;
      } catch (MalformedMessageException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isBetween(200, 15_000);
  }
}
