package vpnlab.network.path;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vpnlab.wire.Octets;

/** What one side of a connection has received: in order, or waiting for what is missing. */
final class TcpReceiver {
  static final int WINDOW = 65_535;

  private final Map<Integer, Octets> early = new HashMap<>();
  private int next;
  private int unread;
  private Integer finAt;

  TcpReceiver(int next) {
    this.next = next;
  }

  /** The sequence number that is expected next. */
  int next() {
    return next;
  }

  int window() {
    return Math.max(0, WINDOW - unread);
  }

  void consumed(int octets) {
    unread -= octets;
  }

  /** The peer's FIN has this number. */
  void fin(int sequence) {
    finAt = sequence;
  }

  /** Whether everything up to the FIN has come; counts the FIN once. */
  boolean takeFin() {
    if (finAt == null || finAt != next) {
      return false;
    }
    next++;
    finAt = null;
    return true;
  }

  /** Takes a segment's data; returns what can now be read in order. */
  Octets add(int sequence, Octets data) {
    int known = next - sequence;
    if (known < 0) {
      if (sequence - next < WINDOW) {
        early.merge(sequence, data, (a, b) -> a.size() >= b.size() ? a : b);
      }
      return Octets.EMPTY;
    }
    Octets ready = Octets.EMPTY;
    if (known < data.size()) {
      ready = take(data.from(known), ready);
    }
    for (boolean found = true; found; ) {
      found = false;
      for (Map.Entry<Integer, Octets> entry : List.copyOf(early.entrySet())) {
        int overlap = next - entry.getKey();
        if (overlap >= 0) {
          early.remove(entry.getKey());
          found = true;
          if (overlap < entry.getValue().size()) {
            ready = take(entry.getValue().from(overlap), ready);
          }
        }
      }
    }
    return ready;
  }

  private Octets take(Octets data, Octets ready) {
    next += data.size();
    unread += data.size();
    return ready.isEmpty() ? data : Octets.concat(ready, data);
  }
}
