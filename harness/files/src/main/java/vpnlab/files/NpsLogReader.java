package vpnlab.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.evidence.npslog.NpsLogXml;
import vpnlab.wire.MalformedMessageException;

/**
 * Reads an NPS log from beginning to end, line by line, whatever its size, in both formats (which
 * may even change within a file, as they do when somebody changes the server's setting). Memory is
 * one buffer. Lines that are no records are reported and skipped.
 */
public final class NpsLogReader {
  /** No record is longer: 66 values of at most 253 octets, in hexadecimal. */
  private static final int MAX_LINE = 64 * 1024;

  private static final int BUFFER = 1 << 20;
  private static final byte[] END_OF_ELEMENT = "</Event>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** Gets every record; the row is only valid during the call. */
  public interface Sink {
    void row(NpsLogRow row);

    /** From time to time: how many octets of the file have been read. */
    default void progress(long octets) {}
  }

  /**
   * What a file had.
   *
   * @param csv records in the comma-separated format
   * @param xml records in the XML format
   */
  public record Result(long octets, long lines, long csv, long xml, SkippedLines skipped) {
    public long records() {
      return csv + xml;
    }
  }

  private final Sink sink;
  private final NpsLogRow row = new NpsLogRow();
  private final NpsCsvScanner scanner = new NpsCsvScanner();
  private final SkippedLines skipped = new SkippedLines();
  private long lines;
  private long base;
  private long csv;
  private long xml;
  private boolean overlong;

  /** Records of the line have been read whose end has not come yet. */
  private boolean begun;

  private SkippedLines.Kind kind = SkippedLines.Kind.VALUE;
  private String problem = "";

  private NpsLogReader(Sink sink) {
    this.sink = sink;
  }

  /** Reads all of {@code in}, and does not close it. */
  public static Result read(InputStream in, Sink sink) throws IOException {
    return new NpsLogReader(sink).read(in);
  }

  private Result read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER + OctetSearch.SLACK];
    long octets = 0;
    int kept = 0;
    while (true) {
      int read = in.read(buffer, kept, BUFFER - kept);
      if (read < 0) {
        break;
      }
      int filled = kept + read;
      int from = octets == 0 && startsWithMark(buffer, filled) ? BYTE_ORDER_MARK.length : 0;
      base = octets - kept;
      octets += read;
      int rest = lines(buffer, from, filled);
      kept = filled - rest;
      if (kept > MAX_LINE) {
        overlong = true;
        kept = 0;
      }
      System.arraycopy(buffer, rest, buffer, 0, kept);
      sink.progress(octets);
    }
    if (kept > 0 || overlong || begun) {
      base = octets - kept;
      line(buffer, 0, kept, false);
    }
    return new Result(octets, lines, csv, xml, skipped);
  }

  private static boolean startsWithMark(byte[] buffer, int filled) {
    return filled >= 3 && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3);
  }

  /** Hands over every complete line; returns where the incomplete one begins. */
  private int lines(byte[] buffer, int from, int filled) {
    int start = from;
    int end = OctetSearch.lineFeed(buffer, from, filled);
    while (end < filled) {
      line(buffer, start, end, true);
      start = end + 1;
      end = OctetSearch.lineFeed(buffer, start, filled);
    }
    if (overlong) {
      return start;
    }
    int rest = elements(buffer, start, filled, lines + 1);
    begun |= rest > start;
    return rest;
  }

  /**
   * Hands over the whole XML records at the beginning of a line, which may have several; returns
   * where the rest of the line begins.
   */
  private int elements(byte[] buffer, int from, int to, long number) {
    int start = from;
    while (start < to && buffer[start] == '<') {
      int end = endOfElement(buffer, start, to);
      if (end < 0) {
        break;
      }
      record(buffer, start, end, number, true);
      start = end;
      while (start < to && (buffer[start] == ' ' || buffer[start] == '\t')) {
        start++;
      }
    }
    return start;
  }

  private static int endOfElement(byte[] buffer, int from, int to) {
    int length = END_OF_ELEMENT.length;
    for (int at = from; at + length <= to; at++) {
      if (buffer[at] == '<' && Arrays.equals(buffer, at, at + length, END_OF_ELEMENT, 0, length)) {
        return at + length;
      }
    }
    return -1;
  }

  private void line(byte[] buffer, int from, int to, boolean ended) {
    lines++;
    begun = false;
    int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    if (overlong || end - from > MAX_LINE) {
      overlong = false;
      skipped.add(lines, SkippedLines.Kind.TOO_LONG, "is longer than 64 KiB");
      return;
    }
    int rest = elements(buffer, from, end, lines);
    if (rest < end) {
      record(buffer, rest, end, lines, ended);
    }
  }

  /** One record, or what should be one. */
  private void record(byte[] buffer, int from, int end, long number, boolean ended) {
    row.buffer = buffer;
    row.start = from;
    row.end = end;
    row.line = number;
    row.offset = base + from;
    boolean record = buffer[from] == '<' ? xml() : csv();
    if (record) {
      sink.row(row);
    } else if (!ended && kind != SkippedLines.Kind.BINARY) {
      skipped.add(number, SkippedLines.Kind.CUT_OFF, "is cut off: " + problem);
    } else {
      skipped.add(number, kind, problem);
    }
  }

  private boolean csv() {
    row.record = null;
    if (scanner.scan(row)) {
      csv++;
      return true;
    }
    kind = scanner.kind();
    problem = scanner.problem();
    return false;
  }

  private boolean xml() {
    NpsLogRecord record;
    try {
      record = NpsLogXml.decode(NpsLogRow.decode(row.buffer, row.start, row.length()));
    } catch (MalformedMessageException e) {
      kind = binary() ? SkippedLines.Kind.BINARY : SkippedLines.Kind.VALUE;
      problem = binary() ? "has control characters" : e.getMessage();
      return false;
    }
    xml++;
    fill(record);
    return true;
  }

  private boolean binary() {
    for (int i = row.start; i < row.end; i++) {
      if (row.buffer[i] >= 0 && row.buffer[i] < ' ' && row.buffer[i] != '\t') {
        return true;
      }
    }
    return false;
  }

  private void fill(NpsLogRecord record) {
    row.record = record;
    row.packetType = record.packetType().orElse(-1);
    row.reason = record.reasonCode().orElse(-1);
    row.localSeconds =
        record.timestamp().map(time -> time.toEpochSecond(ZoneOffset.UTC)).orElse(0L);
  }
}
