package vpnlab.evidence.npslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/** Lines made by hand after the rules of the format; no line is another product's sample. */
class NpsLogCsvTest {
  private static final String REQUEST =
      "\"NPS1\",\"IAS\",01/15/2026,09:03:07,1,\"CORP\\alice\",\"CORP\\alice\",\"203.0.113.5\","
          + "\"198.51.100.23\",,,\"RRAS1\",\"10.0.0.2\",128,311,\"10.0.0.2\",\"rras\",,,5,,1,2,5,,0,"
          + "\"311 1 10.0.0.3 01/15/2026 08:00:00 7\",,,,,,,,,,,,,,,,,,9,1,\"198.51.100.23\",,,,,,,,"
          + "\"MSRASV5.20\",311,,,,,\"VPN connections\",1,,,,";

  private static final String REJECT =
      "\"NPS1\",\"IAS\",01/15/2026,09:03:08,3,,\"CORP\\alice\",,,,,,,,311,\"10.0.0.2\",\"rras\",,,,,,,"
          + "5,\"Staff\",16,\"311 1 10.0.0.3 01/15/2026 08:00:00 7\",,,,\"Microsoft: Secured password"
          + " (EAP-MSCHAP v2)\",,,,,,,,,,,,,,,,,,,,,,,,,,\"0x00453D36393120523D3020563D33\",,,,"
          + "\"VPN connections\",1,,,,";

  @Test
  void aRequestIsReadColumnByColumn() throws MalformedMessageException {
    NpsLogRecord record = NpsLogCsv.decode(REQUEST);
    assertThat(record.isPacketType(NpsLogRecord.ACCESS_REQUEST)).isTrue();
    assertThat(record.user()).isEqualTo("CORP\\alice");
    assertThat(record.timestamp()).contains(LocalDateTime.of(2026, 1, 15, 9, 3, 7));
    assertThat(record.text(NpsLogField.CALLING_STATION_ID)).isEqualTo("198.51.100.23");
    assertThat(record.number(NpsLogField.NAS_PORT_TYPE)).hasValue(5);
    assertThat(record.reasonCode()).hasValue(0);
    assertThat(record.text(NpsLogField.TUNNEL_CLIENT_ENDPT)).isEqualTo("198.51.100.23");
    assertThat(record.text(NpsLogField.MS_RAS_VERSION)).isEqualTo("MSRASV5.20");
    assertThat(record.text(NpsLogField.PROXY_POLICY_NAME)).isEqualTo("VPN connections");
    assertThat(record.number(NpsLogField.PROVIDER_TYPE)).hasValue(1);
    assertThat(record.values()).doesNotContainKey(NpsLogField.FRAMED_IP_ADDRESS);
  }

  @Test
  void anAnswerNamesTheUserOnlyByTheNameThatNpsFound() throws MalformedMessageException {
    NpsLogRecord record = NpsLogCsv.decode(REJECT);
    assertThat(record.text(NpsLogField.USER_NAME)).isEmpty();
    assertThat(record.user()).isEqualTo("CORP\\alice");
    assertThat(record.reasonCode()).hasValue(16);
    assertThat(record.className()).isEqualTo(NpsLogCsv.decode(REQUEST).className());
    assertThat(record.octets(NpsLogField.MS_CHAP_ERROR))
        .contains(Octets.ofHex("00453D36393120523D3020563D33"));
  }

  @ParameterizedTest
  @ValueSource(strings = {REQUEST, REJECT})
  void aLineIsWrittenAsItWasRead(String line) throws MalformedMessageException {
    assertThat(NpsLogCsv.encode(NpsLogCsv.decode(line))).isEqualTo(line);
  }

  @Test
  void aLineOfTheOldServersHas60Columns() throws MalformedMessageException {
    String line = NpsLogCsv.encodeShort(NpsLogCsv.decode(REQUEST));
    assertThat(line).endsWith("\"MSRASV5.20\",311,,,,");
    assertThat(NpsLogCsv.decode(line).text(NpsLogField.MS_RAS_VERSION)).isEqualTo("MSRASV5.20");
    assertThat(NpsLogCsv.encodeShort(NpsLogCsv.decode(line))).isEqualTo(line);
  }

  @Test
  void textIsAlwaysQuotedItsQuotesAreDoubledAndOctetsAreHexadecimal()
      throws MalformedMessageException {
    NpsLogRecord record =
        NpsLogRecord.builder()
            .text(NpsLogField.COMPUTER_NAME, "A \"B\", C")
            .number(NpsLogField.PACKET_TYPE, 4)
            .text(NpsLogField.USER_NAME, "a\0b")
            .octets(NpsLogField.CLASS, Octets.ofHex("31ff"))
            .build();
    String line = NpsLogCsv.encode(record);
    assertThat(line).startsWith("\"A \"\"B\"\", C\",,,,4,\"0x610062\",,").contains(",\"0x31FF\",");
    assertThat(NpsLogCsv.decode(line)).isEqualTo(record);
    assertThat(NpsLogCsv.decode(line).octets(NpsLogField.CLASS)).contains(Octets.ofHex("31ff"));
  }

  @Test
  void theHeadingRowThatSomebodyPastedIsNoRecord() {
    assertThat(NpsLogCsv.heading().split(",")).hasSize(66);
    assertThatThrownBy(() -> NpsLogCsv.decode(NpsLogCsv.heading()))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("column 1 (ComputerName) must be in quotes");
  }

  @Test
  void aBadLineIsNamedByItsColumn() {
    assertThatThrownBy(() -> NpsLogCsv.decode(REQUEST + ","))
        .hasMessage("the record has 67 columns, not 66 or 60");
    assertThatThrownBy(() -> NpsLogCsv.decode(REQUEST.substring(0, 55)))
        .hasMessage(
            "column 7 (Fully-Qualified-Distinguished-Name) has a quote that nothing closes");
    assertThatThrownBy(() -> NpsLogCsv.decode(REQUEST.replace(",128,", ",\"128\",")))
        .hasMessage("column 14 (NAS-Port) must not be in quotes");
    assertThatThrownBy(() -> NpsLogCsv.decode(REQUEST.replace("01/15/2026,09", "15/01/2026,09")))
        .hasMessage("column 3 (Record-Date) cannot be '15/01/2026'");
    assertThatThrownBy(() -> NpsLogCsv.decode(REQUEST.replace("alice", "al\0ice")))
        .hasMessageContaining("column 6 (User-Name) cannot be 'CORP\\al?ice'");
    assertThatThrownBy(() -> NpsLogCsv.decode("")).isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void everyRecordSurvivesItsLine() throws MalformedMessageException {
    RandomRecords records = new RandomRecords(1);
    for (int i = 0; i < 5_000; i++) {
      NpsLogRecord full = records.next(false, NpsLogField.COLUMNS);
      assertThat(NpsLogCsv.decode(NpsLogCsv.encode(full))).isEqualTo(full);
      NpsLogRecord old = records.next(false, NpsLogField.SHORT_COLUMNS);
      assertThat(NpsLogCsv.decode(NpsLogCsv.encodeShort(old))).isEqualTo(old);
    }
  }

  @Test
  void anyLineIsARecordOrMalformed() {
    RandomRecords records = new RandomRecords(2);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      String line =
          i % 4 == 0
              ? records.noise()
              : records.mutate(NpsLogCsv.encode(records.next(false, NpsLogField.COLUMNS)));
      try {
        NpsLogRecord record = NpsLogCsv.decode(line);
        assertThat(NpsLogCsv.decode(NpsLogCsv.encode(record))).isEqualTo(record);
        read++;
      } catch (MalformedMessageException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isBetween(1_000, 15_000);
  }
}
