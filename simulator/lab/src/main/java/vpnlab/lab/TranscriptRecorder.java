package vpnlab.lab;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import vpnlab.evidence.EventRecord;
import vpnlab.lab.TranscriptLine.Kind;
import vpnlab.lab.host.Observer;
import vpnlab.network.path.Drop;

/** Writes down all that happens in a lab, in order. */
final class TranscriptRecorder implements Observer {
  /** Lines that are kept, and keys of SAs of each kind. */
  static final int LINES = 50_000;

  private static final int KEYS = 10_000;

  private final InstantSource trueTime;
  private final Instant start;
  private final Map<String, String> hostsByAddress = new HashMap<>();
  private final Recent<Line> lines = new Recent<>(LINES);
  private final Recent<String> espKeys = new Recent<>(KEYS);
  private final Recent<String> keys = new Recent<>(KEYS);

  /** Its text is made when somebody reads it. */
  private record Line(Duration at, Kind kind, String from, String to, Supplier<String> text) {
    TranscriptLine written() {
      return new TranscriptLine(at, kind, from, to, text.get());
    }
  }

  TranscriptRecorder(InstantSource trueTime) {
    this.trueTime = trueTime;
    this.start = trueTime.instant();
  }

  void knows(String host, InetAddress address) {
    hostsByAddress.put(address.getHostAddress(), host);
  }

  @Override
  public synchronized void message(String host, InetAddress to, String text) {
    String address = to.getHostAddress();
    add(Kind.MESSAGE, host, hostsByAddress.getOrDefault(address, address), () -> text);
  }

  @Override
  public synchronized void note(String host, String text) {
    add(Kind.NOTE, host, "", () -> text);
  }

  @Override
  public synchronized void keys(String line) {
    keys.add(line);
  }

  @Override
  public synchronized void espKeys(String line) {
    espKeys.add(line);
  }

  synchronized void event(EventRecord record) {
    add(Kind.EVENT, record.host(), "", () -> text(record));
  }

  private static String text(EventRecord record) {
    String data =
        record.data().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("Certificates"))
            .filter(entry -> !entry.getValue().equals("-"))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
    return record.source() + " " + record.id() + ": " + data;
  }

  synchronized void drop(Drop drop) {
    String by = drop.rule().isEmpty() ? "" : " by rule '" + drop.rule() + "'";
    add(
        Kind.DROP,
        drop.where(),
        "",
        () ->
            drop.reason()
                + by
                + ": "
                + drop.packet().source()
                + " > "
                + drop.packet().destination());
  }

  /** The last 50,000 lines. */
  synchronized List<TranscriptLine> lines() {
    return lines.all().stream().map(Line::written).toList();
  }

  /** How many lines there were before these. */
  synchronized long forgotten() {
    return lines.forgotten();
  }

  synchronized List<String> espSaTable() {
    return espKeys.all().stream().distinct().toList();
  }

  synchronized List<String> decryptionTable() {
    return keys.all();
  }

  private void add(Kind kind, String from, String to, Supplier<String> text) {
    lines.add(new Line(Duration.between(start, trueTime.instant()), kind, from, to, text));
  }
}
