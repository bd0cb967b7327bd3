package vpnlab.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogRecord;

/**
 * An NPS log of any size, as years of a busy server would leave it: attempts of thousands of users
 * with requests, challenges, decisions and accounting, in the order of time, attempts interleaved;
 * now and then a line that is broken. The same seed gives the same file. Every line is first made
 * by {@link NpsLogCsv}; only what differs between attempts is put in afterwards.
 */
public final class SyntheticNpsLog {
  private static final int USERS = 4000;
  private static final int INTERLEAVED = 16;
  private static final int BROKEN_ONE_IN = 50_000;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final int[] REASONS = {16, 16, 16, 16, 36, 34, 35, 48, 65, 66, 8, 33, 22, 37};

  /** Stand in the templates for what differs; no column has such values by itself. */
  private static final String USER = "@user@";

  private static final String ADDRESS = "@address@";
  private static final String SERIAL = "@serial@";
  private static final String STAMP = "01/01/2000,00:00:00";
  private static final String REASON = "4242424242";

  /**
   * What was written.
   *
   * @param refused how many attempts were refused, by the intact lines
   */
  public record Summary(long octets, long lines, long refused, long granted, long broken) {}

  private static final class Attempt {
    private String user;
    private String address;
    private String serial;
    private int reason;
    private int step;
    private int requests;
  }

  private final OutputStream out;
  private final SplittableRandom random;
  private final Template request = template(NpsLogRecord.ACCESS_REQUEST);
  private final Template challenge = template(NpsLogRecord.ACCESS_CHALLENGE);
  private final Template accept = template(NpsLogRecord.ACCESS_ACCEPT);
  private final Template reject = template(NpsLogRecord.ACCESS_REJECT);
  private final Template accounting = template(NpsLogRecord.ACCOUNTING_REQUEST);
  private final StringBuilder line = new StringBuilder(1024);
  private LocalDateTime now = LocalDateTime.of(2025, 1, 1, 0, 0);
  private String stamp = "";
  private long serial;
  private long octets;
  private long lines;
  private long refused;
  private long granted;
  private long broken;

  private SyntheticNpsLog(OutputStream out, long seed) {
    this.out = out;
    this.random = new SplittableRandom(seed);
  }

  /** Writes at least {@code size} octets, up to the end of a line. */
  public static Summary write(OutputStream out, long size, long seed) throws IOException {
    return new SyntheticNpsLog(out, seed).write(size);
  }

  private Summary write(long size) throws IOException {
    tick();
    List<Attempt> open = new ArrayList<>();
    while (octets < size) {
      while (open.size() < INTERLEAVED) {
        open.add(begin());
      }
      int which = random.nextInt(open.size());
      if (!step(open.get(which))) {
        open.remove(which);
      }
      if (random.nextInt(12) == 0) {
        tick();
      }
      if (random.nextInt(BROKEN_ONE_IN) == 0) {
        broken();
      }
    }
    out.flush();
    return new Summary(octets, lines, refused, granted, broken);
  }

  private void tick() {
    now = now.plusSeconds(1);
    stamp = DATE.format(now) + "," + TIME.format(now);
  }

  private Attempt begin() {
    Attempt attempt = new Attempt();
    attempt.user = "user" + random.nextInt(USERS);
    attempt.address = "198.51.100." + (1 + random.nextInt(254));
    attempt.serial = Long.toString(++serial);
    attempt.reason = random.nextInt(8) == 0 ? REASONS[random.nextInt(REASONS.length)] : 0;
    attempt.requests = 1 + random.nextInt(4);
    return attempt;
  }

  /** The attempt's next line; false when it was the last one. */
  private boolean step(Attempt attempt) throws IOException {
    int step = attempt.step++;
    if (step < 2 * attempt.requests - 1) {
      print(step % 2 == 0 ? request : challenge, attempt);
      return true;
    }
    if (attempt.reason != 0) {
      print(reject, attempt);
      refused++;
      return false;
    }
    if (step == 2 * attempt.requests - 1) {
      print(accept, attempt);
      granted++;
      return true;
    }
    print(accounting, attempt);
    return step < 2 * attempt.requests + 1;
  }

  private void print(Template template, Attempt attempt) throws IOException {
    line.setLength(0);
    template.fill(line, stamp, attempt);
    put(line.append("\r\n").toString());
  }

  /** Cut off in the middle, a heading row, or NUL octets where the disk was full. */
  private void broken() throws IOException {
    String bad =
        switch (random.nextInt(3)) {
          case 0 -> line.substring(0, line.length() / 2) + "\r\n";
          case 1 -> NpsLogCsv.heading() + "\r\n";
          default -> "\0".repeat(1 + random.nextInt(100)) + "\r\n";
        };
    put(bad);
    broken++;
  }

  private void put(String text) throws IOException {
    byte[] written = text.getBytes(StandardCharsets.US_ASCII);
    out.write(written);
    octets += written.length;
    lines++;
  }

  private static Template template(int packetType) {
    boolean answer = packetType == 2 || packetType == 3 || packetType == 11;
    NpsLogRecord.Builder record =
        NpsLogRecord.builder()
            .text(NpsLogField.COMPUTER_NAME, "NPS1")
            .text(NpsLogField.SERVICE_NAME, "IAS")
            .timestamp(LocalDateTime.of(2000, 1, 1, 0, 0))
            .number(NpsLogField.PACKET_TYPE, packetType)
            .text(NpsLogField.FULLY_QUALIFIED_NAME, "CORP\\" + USER)
            .number(NpsLogField.CLIENT_VENDOR, 311)
            .text(NpsLogField.CLIENT_IP_ADDRESS, "10.0.0.2")
            .text(NpsLogField.CLIENT_FRIENDLY_NAME, "rras")
            .number(NpsLogField.AUTHENTICATION_TYPE, 5)
            .text(NpsLogField.CLASS, "311 1 10.0.0.3 01/01/2025 00:00:00 " + SERIAL)
            .text(NpsLogField.PROXY_POLICY_NAME, "Use Windows authentication for all users")
            .number(NpsLogField.PROVIDER_TYPE, 1);
    if (answer) {
      record.text(NpsLogField.POLICY_NAME, "vpn-users");
      record.text(NpsLogField.EAP_FRIENDLY_NAME, "Microsoft: Secured password (EAP-MSCHAP v2)");
    } else {
      record
          .text(NpsLogField.USER_NAME, "CORP\\" + USER)
          .text(NpsLogField.CALLED_STATION_ID, "203.0.113.10")
          .text(NpsLogField.CALLING_STATION_ID, ADDRESS)
          .text(NpsLogField.NAS_IDENTIFIER, "RRAS")
          .text(NpsLogField.NAS_IP_ADDRESS, "10.0.0.2")
          .number(NpsLogField.NAS_PORT, 128)
          .number(NpsLogField.NAS_PORT_TYPE, 5)
          .number(NpsLogField.FRAMED_PROTOCOL, 1)
          .number(NpsLogField.SERVICE_TYPE, 2)
          .number(NpsLogField.TUNNEL_TYPE, 9)
          .number(NpsLogField.TUNNEL_MEDIUM_TYPE, 1)
          .text(NpsLogField.TUNNEL_CLIENT_ENDPT, ADDRESS)
          .text(NpsLogField.MS_RAS_VERSION, "MSRASV5.20")
          .number(NpsLogField.MS_RAS_VENDOR, 311);
    }
    if (packetType == NpsLogRecord.ACCESS_REJECT) {
      record.number(NpsLogField.REASON_CODE, Long.parseLong(REASON));
    } else {
      record.number(NpsLogField.REASON_CODE, 0);
    }
    if (packetType == NpsLogRecord.ACCOUNTING_REQUEST) {
      record
          .number(NpsLogField.ACCT_STATUS_TYPE, 1)
          .text(NpsLogField.ACCT_SESSION_ID, SERIAL)
          .number(NpsLogField.ACCT_AUTHENTIC, 1);
    }
    return new Template(NpsLogCsv.encode(record.build()));
  }

  /** A line cut at its placeholders. */
  private static final class Template {
    private final List<String> pieces = new ArrayList<>();

    Template(String line) {
      String marked = line;
      for (String mark : List.of(USER, ADDRESS, SERIAL, STAMP, REASON)) {
        marked = marked.replace(mark, "\0" + mark + "\0");
      }
      pieces.addAll(List.of(marked.split("\0")));
    }

    void fill(StringBuilder line, String stamp, Attempt attempt) {
      for (String piece : pieces) {
        switch (piece) {
          case USER -> line.append(attempt.user);
          case ADDRESS -> line.append(attempt.address);
          case SERIAL -> line.append(attempt.serial);
          case STAMP -> line.append(stamp);
          case REASON -> line.append(attempt.reason);
          default -> line.append(piece);
        }
      }
    }
  }
}
