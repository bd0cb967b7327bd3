package vpnlab.network.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.TcpSegment;

/** What one side of a connection has still to send or to hear acknowledged. */
final class TcpSender {
  /** Octets that wait or are on their way; more is not taken. */
  static final int BUFFER = 65_536;

  /** A stretch of the sequence space that is on its way. SYN and FIN take one number each. */
  static final class Sent {
    final int sequence;
    final int flags;
    final Octets data;
    long sentAt;
    int transmissions;

    Sent(int sequence, int flags, Octets data) {
      this.sequence = sequence;
      this.flags = flags;
      this.data = data;
    }

    int end() {
      return sequence + data.size() + (hasFlag() ? 1 : 0);
    }

    private boolean hasFlag() {
      return (flags & (TcpSegment.SYN | TcpSegment.FIN)) != 0;
    }
  }

  private final Deque<Octets> pending = new ArrayDeque<>();
  private final Deque<Sent> flight = new ArrayDeque<>();
  private int pendingSize;
  private int next;
  private int acknowledged;

  TcpSender(int initialSequence) {
    next = initialSequence;
    acknowledged = initialSequence;
  }

  int next() {
    return next;
  }

  int acknowledged() {
    return acknowledged;
  }

  int inFlight() {
    return next - acknowledged;
  }

  int room() {
    return BUFFER - pendingSize - inFlight();
  }

  boolean hasPending() {
    return pendingSize > 0;
  }

  boolean isIdle() {
    return flight.isEmpty();
  }

  Sent first() {
    return flight.peek();
  }

  void add(Octets data) {
    if (!data.isEmpty()) {
      pending.add(data);
      pendingSize += data.size();
    }
  }

  /** Moves a control bit onto its way. */
  Sent control(int flags) {
    return launch(new Sent(next, flags, Octets.EMPTY));
  }

  /** Moves up to {@code most} octets onto their way. */
  Sent data(int most) {
    Octets data = Octets.EMPTY;
    while (data.size() < most && !pending.isEmpty()) {
      Octets piece = pending.poll();
      int taken = Math.min(piece.size(), most - data.size());
      data = data.isEmpty() ? piece.slice(0, taken) : Octets.concat(data, piece.slice(0, taken));
      if (taken < piece.size()) {
        pending.addFirst(piece.from(taken));
      }
    }
    pendingSize -= data.size();
    return launch(new Sent(next, pending.isEmpty() ? TcpSegment.PSH : 0, data));
  }

  /**
   * Takes back what is on its way, to cut it into smaller segments.
   *
   * @return whether a FIN is among it
   */
  boolean recall() {
    boolean fin = false;
    while (!flight.isEmpty() && (flight.peekLast().flags & TcpSegment.SYN) == 0) {
      Sent last = flight.pollLast();
      fin |= (last.flags & TcpSegment.FIN) != 0;
      if (!last.data.isEmpty()) {
        pending.addFirst(last.data);
        pendingSize += last.data.size();
      }
      next = last.sequence;
    }
    return fin;
  }

  /**
   * Takes an acknowledgment.
   *
   * @return the last stretch that it confirms, or null when it confirms nothing new
   */
  Sent acknowledge(int upTo) {
    if (upTo - acknowledged <= 0 || upTo - next > 0) {
      return null;
    }
    Sent last = null;
    for (Iterator<Sent> each = flight.iterator(); each.hasNext(); ) {
      Sent sent = each.next();
      if (sent.end() - upTo > 0) {
        break;
      }
      last = sent;
      each.remove();
    }
    if (last != null) {
      acknowledged = last.end();
    }
    return last;
  }

  private Sent launch(Sent sent) {
    flight.add(sent);
    next = sent.end();
    return sent;
  }
}
