package vpnlab.lab;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vpnlab.evidence.EventRecord;
import vpnlab.lab.TranscriptLine.Kind;
import vpnlab.lab.host.Observer;
import vpnlab.network.path.Drop;

/** Writes down all that happens in a lab, in order. */
final class TranscriptRecorder implements Observer {
  private final InstantSource trueTime;
  private final Instant start;
  private final Map<String, String> hostsByAddress = new HashMap<>();
  private final List<TranscriptLine> lines = new ArrayList<>();
  private final Set<String> espKeys = new LinkedHashSet<>();
  private final List<String> keys = new ArrayList<>();

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
    add(Kind.MESSAGE, host, hostsByAddress.getOrDefault(address, address), text);
  }

  @Override
  public synchronized void note(String host, String text) {
    add(Kind.NOTE, host, "", text);
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
    String data =
        record.data().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("Certificates"))
            .filter(entry -> !entry.getValue().equals("-"))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
    add(Kind.EVENT, record.host(), "", record.source() + " " + record.id() + ": " + data);
  }

  synchronized void drop(Drop drop) {
    String by = drop.rule().isEmpty() ? "" : " by rule '" + drop.rule() + "'";
    add(
        Kind.DROP,
        drop.where(),
        "",
        drop.reason() + by + ": " + drop.packet().source() + " > " + drop.packet().destination());
  }

  synchronized List<TranscriptLine> lines() {
    return List.copyOf(lines);
  }

  synchronized List<String> espSaTable() {
    return List.copyOf(espKeys);
  }

  synchronized List<String> decryptionTable() {
    return List.copyOf(keys);
  }

  private void add(Kind kind, String from, String to, String text) {
    lines.add(
        new TranscriptLine(Duration.between(start, trueTime.instant()), kind, from, to, text));
  }
}
