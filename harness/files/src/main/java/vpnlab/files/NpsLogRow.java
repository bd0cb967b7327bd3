package vpnlab.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.evidence.npslog.NpsLogXml;
import vpnlab.wire.MalformedMessageException;

/**
 * One line of an NPS log in the reader's buffer, with the few values that every line is asked for.
 * The same object serves for all lines of a file: nothing of it may be kept, except the strings and
 * numbers.
 */
public final class NpsLogRow {
  private static final Charset ANSI = Charset.forName("windows-1252");

  byte[] buffer = new byte[0];
  int start;
  int end;
  long line;

  /** Where the line begins in its file. */
  long offset;

  /** The whole record when the line is XML; null when it is comma-separated. */
  NpsLogRecord record;

  int packetType;
  int reason;

  /** The server's local time in seconds since 1970-01-01T00:00. */
  long localSeconds;

  int userStart;
  int userEnd;
  int nameStart;
  int nameEnd;
  int classStart;
  int classEnd;
  int hostStart;
  int hostEnd;

  /** From 1. */
  public long line() {
    return line;
  }

  /** RADIUS code; -1 when the line has none. */
  public int packetType() {
    return packetType;
  }

  /** -1 when the line has none. */
  public int reason() {
    return reason;
  }

  /** The server's local time in seconds since 1970-01-01T00:00. */
  public long localSeconds() {
    return localSeconds;
  }

  /** User-Name, else the name that NPS found, as the line has it; empty when neither is there. */
  public String user() {
    if (record != null) {
      return record.user();
    }
    return userEnd > userStart ? text(userStart, userEnd) : text(nameStart, nameEnd);
  }

  /** The name of the server that wrote the line. */
  public String host() {
    return record != null ? record.text(NpsLogField.COMPUTER_NAME) : text(hostStart, hostEnd);
  }

  boolean hasClass() {
    return record != null ? !record.className().isEmpty() : classEnd > classStart;
  }

  /** A hash of Class with 64 bits: two attempts do not share it but by a rare accident. */
  long classHash() {
    return record != null
        ? hash(record.className().getBytes(StandardCharsets.UTF_8))
        : hash(buffer, classStart, classEnd);
  }

  private static long hash(byte[] octets) {
    return hash(octets, 0, octets.length);
  }

  private static long hash(byte[] octets, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ octets[i]) * 0x100000001b3L;
    }
    return hash ^ hash >>> 32;
  }

  int length() {
    return end - start;
  }

  private String text(int from, int to) {
    return decode(buffer, from, to - from).replace("\"\"", "\"");
  }

  /** UTF-8 where it is that, else the ANSI code page of western Windows. */
  static String decode(byte[] octets, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (octets[i] < 0) {
        try {
          return StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(octets, from, length))
              .toString();
        } catch (CharacterCodingException e) {
          return new String(octets, from, length, ANSI);
        }
      }
    }
    return new String(octets, from, length, StandardCharsets.US_ASCII);
  }

  /**
   * The whole record of a copied line.
   *
   * @throws MalformedMessageException if a value is impossible that the quick look did not see
   */
  static NpsLogRecord record(byte[] line) throws MalformedMessageException {
    String text = decode(line, 0, line.length);
    return text.stripLeading().startsWith("<") ? NpsLogXml.decode(text) : NpsLogCsv.decode(text);
  }
}
