package vpnlab.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vpnlab.diagnosis.facts.Account;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.wire.MalformedMessageException;

/**
 * Joins the lines of NPS logs into attempts by their Class, counts how they ended, and keeps the
 * latest that were refused. It takes the same memory for a thousand lines as for ten million:
 * attempts that have had no line for two minutes of the log's time count as unanswered, and no more
 * than {@value #MAX_OPEN} are open at once.
 */
final class NpsAttempts {
  private static final int MAX_OPEN = 4096;
  private static final int MAX_REASONS = 4096;
  private static final int ABANDONED_SECONDS = 120;
  private static final int MAX_LINES = 32;

  /** Where a line stands. */
  record Line(Path file, String name, long number, long offset, int length) {}

  /** An attempt in the making, or one that was refused. */
  static final class Attempt {
    String user = "";
    String host = "";
    long firstSeconds;
    long lastSeconds;
    int reason;
    final List<Line> lines = new ArrayList<>(2);

    /** The line that decides is kept in any case. */
    private void add(Path file, String name, NpsLogRow row, boolean decision) {
      if (lines.size() < MAX_LINES || decision) {
        lines.add(new Line(file, name, row.line(), row.offset, row.length()));
      }
      if (user.isEmpty()) {
        user = row.user();
      }
      lastSeconds = row.localSeconds();
    }

    /**
     * The lines as evidence, read again from their places; one that has gone, or whose other
     * columns are impossible, is left out.
     */
    List<NpsLogLine> evidence(ZoneId zone) {
      List<NpsLogLine> evidence = new ArrayList<>();
      for (Line line : lines) {
        try (RandomAccessFile file = new RandomAccessFile(line.file().toFile(), "r")) {
          byte[] octets = new byte[line.length()];
          file.seek(line.offset());
          file.readFully(octets);
          NpsLogRecord record = NpsLogRow.record(octets);
          Instant at =
              record.timestamp().map(local -> local.atZone(zone).toInstant()).orElse(Instant.EPOCH);
          evidence.add(new NpsLogLine(at, host, line.name(), line.number(), record));
        } catch (MalformedMessageException | IOException e) {
          // The quick look found what matters; the rest of the line is not needed.
        }
      }
      return evidence;
    }
  }

  /** Takes the lines of an attempt that other evidence also tells of. */
  interface Claim {
    /** Whether it does so with this one, which has just been decided. */
    boolean take(Attempt attempt);
  }

  private final Map<Long, Attempt> open = new LinkedHashMap<>();
  private final Deque<Attempt> latest = new ArrayDeque<>();
  private final Map<Integer, Refusals> reasons = new TreeMap<>();
  private final int limit;
  private final String user;
  private final long since;
  private final long until;
  private final Claim claim;
  private Path file = Path.of("");
  private String name = "";
  private long granted;
  private long unanswered;

  /** How many were refused for a reason, and the last of them. */
  static final class Refusals {
    long count;
    Attempt last;
  }

  /**
   * @param user the account that alone counts; empty for all
   * @param since in seconds of the log's local time, as is {@code until}
   */
  NpsAttempts(int limit, String user, long since, long until, Claim claim) {
    this.limit = limit;
    this.user = user;
    this.since = since;
    this.until = until;
    this.claim = claim;
  }

  void beginFile(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /** One more line. */
  void row(NpsLogRow row) {
    int type = row.packetType();
    if (row.localSeconds() < since || row.localSeconds() >= until) {
      return;
    }
    boolean decision = type == NpsLogRecord.ACCESS_ACCEPT || type == NpsLogRecord.ACCESS_REJECT;
    if (!decision && type != NpsLogRecord.ACCESS_REQUEST && type != NpsLogRecord.ACCESS_CHALLENGE) {
      return;
    }
    abandon(row.localSeconds());
    Long key = row.hasClass() ? row.classHash() : Long.valueOf(-row.line());
    Attempt attempt = decision ? open.remove(key) : open.get(key);
    if (attempt == null) {
      attempt = new Attempt();
      attempt.firstSeconds = row.localSeconds();
      if (!decision) {
        open.put(key, attempt);
        limitOpen();
      }
    }
    attempt.add(file, name, row, decision);
    if (decision) {
      decided(row, attempt);
    }
  }

  private void decided(NpsLogRow row, Attempt attempt) {
    if (!user.isEmpty() && !Account.same(attempt.user, user)) {
      return;
    }
    attempt.host = Collected.hostName(row.host());
    attempt.reason = row.reason();
    if (claim.take(attempt)) {
      return;
    }
    if (row.packetType() == NpsLogRecord.ACCESS_ACCEPT) {
      granted++;
      return;
    }
    if (reasons.size() < MAX_REASONS || reasons.containsKey(attempt.reason)) {
      Refusals refusals = reasons.computeIfAbsent(attempt.reason, reason -> new Refusals());
      refusals.count++;
      refusals.last = attempt;
    }
    if (limit > 0) {
      if (latest.size() == limit) {
        latest.removeFirst();
      }
      latest.addLast(attempt);
    }
  }

  /** Open attempts are in the order in which they began, so the first is the oldest. */
  private void abandon(long now) {
    while (!open.isEmpty()) {
      var eldest = open.entrySet().iterator();
      Attempt attempt = eldest.next().getValue();
      if (now - attempt.lastSeconds < ABANDONED_SECONDS) {
        return;
      }
      eldest.remove();
      abandoned(attempt);
    }
  }

  private void limitOpen() {
    if (open.size() > MAX_OPEN) {
      var eldest = open.entrySet().iterator();
      Attempt attempt = eldest.next().getValue();
      eldest.remove();
      abandoned(attempt);
    }
  }

  private void abandoned(Attempt attempt) {
    if (user.isEmpty() || Account.same(attempt.user, user)) {
      unanswered++;
    }
  }

  /** After the last file. */
  void end() {
    open.values().forEach(this::abandoned);
    open.clear();
  }

  /** The latest that were refused and that nobody claimed, in the order of the log. */
  List<Attempt> latest() {
    return new ArrayList<>(latest);
  }

  /** By reason code: those that were refused and that nobody claimed. */
  Map<Integer, Refusals> reasons() {
    return new HashMap<>(reasons);
  }

  /** Those that nobody claimed. */
  long granted() {
    return granted;
  }

  long unanswered() {
    return unanswered;
  }
}
