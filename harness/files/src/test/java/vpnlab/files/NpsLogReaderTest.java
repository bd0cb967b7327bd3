package vpnlab.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.evidence.npslog.NpsLogXml;
import vpnlab.files.SkippedLines.Kind;
import vpnlab.wire.MalformedMessageException;

class NpsLogReaderTest {
  private static final NpsLogRecord REQUEST = Logs.request("CORP\\ali\"ce", Logs.NINE, 7);
  private static final NpsLogRecord REJECT =
      Logs.reject("CORP\\alice", Logs.NINE.plusSeconds(1), 7, 16);

  private record Seen(long line, int type, int reason, long seconds, String user, String host) {}

  private static NpsLogReader.Result read(byte[] file, List<Seen> seen) throws IOException {
    return NpsLogReader.read(in(file, Integer.MAX_VALUE), sink(seen));
  }

  private static NpsLogReader.Sink sink(List<Seen> seen) {
    return row ->
        seen.add(
            new Seen(
                row.line(),
                row.packetType(),
                row.reason(),
                row.localSeconds(),
                row.user(),
                row.host()));
  }

  /** Gives a few octets at a time, as pipes and network drives do. */
  private static InputStream in(byte[] file, int atATime) {
    return new FilterInputStream(new ByteArrayInputStream(file)) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return super.read(buffer, offset, Math.min(length, atATime));
      }
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bothFormatsGiveTheSameValues() throws IOException {
    List<Seen> csv = new ArrayList<>();
    List<Seen> xml = new ArrayList<>();
    read(ascii(NpsLogCsv.encode(REQUEST) + "\r\n" + NpsLogCsv.encode(REJECT) + "\r\n"), csv);
    read(ascii(NpsLogXml.encode(REQUEST) + "\n" + NpsLogXml.encode(REJECT)), xml);
    long nine = Logs.NINE.toEpochSecond(ZoneOffset.UTC);
    assertThat(csv)
        .containsExactly(
            new Seen(1, 1, 0, nine, "CORP\\ali\"ce", "NPS1"),
            new Seen(2, 3, 16, nine + 1, "CORP\\alice", "NPS1"));
    assertThat(xml).isEqualTo(csv);
  }

  @Test
  void aFileWithEveryKindOfBadLineIsReadToItsEnd() throws IOException {
    String good = NpsLogCsv.encode(REJECT);
    String file =
        String.join(
            "\r\n",
            NpsLogCsv.heading(), // 1
            good, // 2
            good.substring(0, good.length() / 2), // 3: cut off
            "\0\0\0\0", // 4: the disk was full
            NpsLogXml.encode(REJECT), // 5
            good + ",,", // 6: too many columns
            NpsLogCsv.encodeShort(REJECT), // 7: an old server
            good.replace("01/15/2026", "15.01.2026"), // 8
            "x".repeat(100_000), // 9
            "<Event><Packet-Type data_type=\"0\">three</Packet-Type></Event>", // 10
            good, // 11
            good.substring(0, 20)); // 12: the copy ended here
    List<Seen> seen = new ArrayList<>();
    NpsLogReader.Result result = read(ascii(file), seen);
    assertThat(seen).extracting(Seen::line).containsExactly(2L, 5L, 7L, 11L);
    assertThat(result.csv()).isEqualTo(3);
    assertThat(result.xml()).isEqualTo(1);
    assertThat(result.lines()).isEqualTo(12);
    assertThat(result.skipped().first())
        .extracting(SkippedLines.Skipped::line, SkippedLines.Skipped::kind)
        .containsExactly(
            tuple(1L, Kind.HEADING),
            tuple(3L, Kind.CUT_OFF),
            tuple(4L, Kind.BINARY),
            tuple(6L, Kind.COLUMNS),
            tuple(8L, Kind.VALUE),
            tuple(9L, Kind.TOO_LONG),
            tuple(10L, Kind.VALUE),
            tuple(12L, Kind.CUT_OFF));
  }

  @Test
  void onlyTheFirstBadLinesAreNamedAndAllAreCounted() throws IOException {
    NpsLogReader.Result result = read(ascii("\0\n".repeat(1000) + "a,b\n".repeat(500)), List.of());
    assertThat(result.skipped().first()).hasSize(10);
    assertThat(result.skipped().total()).isEqualTo(1500);
    assertThat(result.skipped().counts()).containsEntry(Kind.BINARY, 1000L);
  }

  @Test
  void severalRecordsOfALineAreAsGoodAsSeveralLines() throws IOException {
    String request = NpsLogXml.encode(REQUEST);
    String reject = NpsLogXml.encode(REJECT);
    String broken = "<Event><Packet-Type data_type=\"0\">three</Packet-Type></Event>";
    String file =
        request + reject + "\r\n" + request + " " + broken + reject + "\r\n" + reject.repeat(300);
    for (int atATime : new int[] {7, 511, 1_000_000}) {
      List<Seen> seen = new ArrayList<>();
      NpsLogReader.Result result = NpsLogReader.read(in(ascii(file), atATime), sink(seen));
      assertThat(seen).hasSize(304);
      assertThat(seen.subList(0, 5)).extracting(Seen::line).containsExactly(1L, 1L, 2L, 2L, 3L);
      assertThat(seen.subList(0, 5)).extracting(Seen::type).containsExactly(1, 3, 1, 3, 3);
      assertThat(result.lines()).isEqualTo(3);
      assertThat(result.skipped().first())
          .extracting(SkippedLines.Skipped::line, SkippedLines.Skipped::kind)
          .containsExactly(tuple(2L, Kind.VALUE));
    }
  }

  @Test
  void howTheOctetsArriveDoesNotMatter() throws IOException {
    String text = NpsLogCsv.encode(REQUEST) + "\r\n" + NpsLogCsv.encode(REJECT) + "\r\n";
    byte[] file = ascii("\ufeff" + text.repeat(50));
    for (int atATime : new int[] {3, 7, 100, 511, 100_000}) {
      List<Seen> seen = new ArrayList<>();
      NpsLogReader.Result result = NpsLogReader.read(in(file, atATime), sink(seen));
      assertThat(seen).hasSize(100);
      assertThat(result.skipped().total()).isZero();
      assertThat(result.octets()).isEqualTo(file.length);
    }
  }

  @Test
  void aLineWithoutAnEndInGigabytesTakesNoMoreThanTheBuffer() throws IOException {
    InputStream endless =
        new InputStream() {
          private long left = 50_000_000;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
              return -1;
            }
            java.util.Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            left -= length;
            return length;
          }
        };
    NpsLogReader.Result result = NpsLogReader.read(endless, row -> {});
    assertThat(result.lines()).isEqualTo(1);
    assertThat(result.skipped().counts()).containsEntry(Kind.TOO_LONG, 1L);
  }

  /** The quick look and the codec must not disagree about what a record is. */
  @Test
  void theQuickLookTakesEveryRecordOfTheCodecAndRefusesWhatIsNone() throws IOException {
    Random random = new Random(3);
    String good = NpsLogCsv.encode(REJECT);
    int both = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder changed = new StringBuilder(good);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(changed.length());
        switch (random.nextInt(3)) {
          case 0 -> changed.setCharAt(at, "0123456789/:,\"az \0\u007f".charAt(random.nextInt(19)));
          case 1 -> changed.deleteCharAt(at);
          default -> changed.insert(at, ",\"0a ".charAt(random.nextInt(5)));
        }
      }
      List<Seen> seen = new ArrayList<>();
      read(ascii(changed + "\n"), seen);
      boolean codec;
      try {
        NpsLogRecord record = NpsLogCsv.decode(changed.toString());
        codec = true;
        if (!seen.isEmpty()) {
          both++;
          assertThat(seen.get(0).user()).isEqualTo(record.user());
          assertThat(seen.get(0).reason()).isEqualTo(record.reasonCode().orElse(-1));
          assertThat(seen.get(0).type()).isEqualTo(record.packetType().orElse(-1));
          assertThat(seen.get(0).host()).isEqualTo(record.text(NpsLogField.COMPUTER_NAME));
        }
      } catch (MalformedMessageException e) {
        codec = false;
      }
      // Only a number of ten digits, which no column that is asked for can have, is another matter.
      assertThat(codec && seen.isEmpty()).as(changed.toString()).isFalse();
    }
    assertThat(both).isGreaterThan(1000);
  }

  @Test
  void arbitraryOctetsAreNeverTakenForRecords() throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(3000)];
      random.nextBytes(noise);
      List<Seen> seen = new ArrayList<>();
      NpsLogReader.Result result = read(noise, seen);
      assertThat(seen).isEmpty();
      assertThat(result.records()).isZero();
    }
  }
}
