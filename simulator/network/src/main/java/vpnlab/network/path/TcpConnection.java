package vpnlab.network.path;

import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.TcpSegment;

/**
 * One end of a TCP connection (RFC 9293) with retransmission (RFC 6298), fast retransmission (RFC
 * 5681 section 3.2), flow control and path MTU discovery (RFC 1191). There is no congestion
 * control: the lab's links have no bandwidth to share.
 *
 * <p>CLOSED -> SYN_SENT or SYN_RECEIVED -> ESTABLISHED -> CLOSED; which FINs were sent and received
 * is kept apart.
 */
public final class TcpConnection {
  /** Windows: InitialRto 3000 ms and two SYN retransmissions, so a connect fails after 21 s. */
  private static final Duration FIRST_SYN_TIMEOUT = Duration.ofSeconds(3);

  private static final int MAX_SYN_TRANSMISSIONS = 3;

  /** Windows: TcpMaxDataRetransmissions is 5. */
  private static final int MAX_DATA_TRANSMISSIONS = 6;

  private static final int MAX_SEGMENT_SIZE = 1460;
  private static final int DEFAULT_PEER_SEGMENT_SIZE = 536;
  private static final int HEADERS = 40;
  private static final Duration TIME_WAIT = Duration.ofSeconds(2);
  private static final Duration FIN_WAIT = Duration.ofSeconds(60);

  /** What happens to a connection. */
  public interface Events {
    void connected();

    /** The next octets of the stream; report them back by {@link TcpConnection#consumed}. */
    void received(Octets data);

    /** The peer will send no more. */
    void peerFinished();

    /** There is room to send again. */
    void writable();

    /** The connection is no more: refused, reset, or not acknowledged for too long. */
    void failed(IOException cause);
  }

  private enum State {
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    CLOSED
  }

  private static final Events NOBODY =
      new Events() {
        @Override
        public void connected() {}

        @Override
        public void received(Octets data) {}

        @Override
        public void peerFinished() {}

        @Override
        public void writable() {}

        @Override
        public void failed(IOException cause) {}
      };

  private final TcpPorts ports;
  private final Fabric fabric;
  private final Flow flow;
  private final TcpSender sender;
  private final RetransmissionTimeout timeout = new RetransmissionTimeout();
  private TcpReceiver receiver = new TcpReceiver(0);
  private TcpPorts.Listener listener;
  private Events events;
  private State state = State.SYN_SENT;
  private ScheduledFuture<?> timer;
  private int segmentSize = DEFAULT_PEER_SEGMENT_SIZE;
  private int peerWindow;
  private int duplicateAcknowledgments;
  private int recoverUpTo;
  private boolean finWanted;
  private boolean finSent;
  private boolean finReceived;
  private boolean released;
  private boolean windowWasClosed;
  private boolean writeWasRefused;

  TcpConnection(TcpPorts ports, Flow flow, Events events) {
    this.ports = ports;
    this.fabric = ports.host().fabric;
    this.flow = flow;
    this.events = events;
    this.sender = new TcpSender((int) fabric.randomU32());
    this.recoverUpTo = sender.next();
  }

  TcpConnection(TcpPorts ports, Flow flow, TcpPorts.Listener listener) {
    this(ports, flow, NOBODY);
    this.listener = listener;
  }

  public InetSocketAddress local() {
    return flow.source().at(flow.sourcePort());
  }

  public InetSocketAddress remote() {
    return flow.destination().at(flow.destinationPort());
  }

  /** Octets that {@link #write} would take now. */
  public int room() {
    int room = sender.room();
    writeWasRefused |= room <= 0;
    return Math.max(0, room);
  }

  /** Sends octets, of which there may be more than there is room for. */
  public void write(Octets data) {
    if (state != State.CLOSED && !finWanted) {
      sender.add(data);
      pump();
    }
  }

  /** The owner has read this many octets. */
  public void consumed(int octets) {
    receiver.consumed(octets);
    if (windowWasClosed && receiver.window() >= segmentSize && state == State.ESTABLISHED) {
      acknowledge();
    }
  }

  /** Sends FIN behind everything written; the peer may go on sending. */
  public void finish() {
    if (!finWanted) {
      finWanted = true;
      pump();
    }
  }

  /** Finishes, and lets go: what the peer still sends is acknowledged and thrown away. */
  public void release() {
    events = NOBODY;
    released = true;
    if (state == State.SYN_SENT) {
      end();
    } else if (state != State.CLOSED) {
      finish();
      endWhenBothFinished();
    }
  }

  /** Resets the connection. */
  public void abort() {
    events = NOBODY;
    if (state == State.ESTABLISHED || state == State.SYN_RECEIVED) {
      transmit(sender.next(), TcpSegment.RST | TcpSegment.ACK, Octets.EMPTY);
    }
    end();
  }

  void open() {
    send(sender.control(TcpSegment.SYN));
    armTimer();
  }

  void accept(TcpSegment syn) {
    state = State.SYN_RECEIVED;
    receiver = new TcpReceiver((int) syn.sequence() + 1);
    synchronize(syn);
    send(sender.control(TcpSegment.SYN));
    armTimer();
  }

  void icmp(IcmpKind kind, int nextHopMtu) {
    if (kind.equals(IcmpKind.FRAGMENTATION_NEEDED)) {
      int fitting = nextHopMtu - HEADERS;
      if (fitting > 0 && fitting < segmentSize) {
        segmentSize = fitting;
        finSent &= !sender.recall();
        recoverUpTo = sender.next();
        pump();
      }
    } else if (state == State.SYN_SENT && kind.type() == 3) {
      boolean noRoute =
          kind.equals(IcmpKind.HOST_UNREACHABLE) || kind.equals(IcmpKind.NETWORK_UNREACHABLE);
      fail(
          noRoute
              ? new NoRouteToHostException(kind + ": " + remote())
              : new ConnectException(kind + ": " + remote()));
    }
  }

  void received(TcpSegment segment) {
    if (state == State.CLOSED) {
      return;
    }
    if (state == State.SYN_SENT) {
      answered(segment);
      return;
    }
    int ahead = (int) segment.sequence() - receiver.next();
    if (segment.has(TcpSegment.RST)) {
      if (ahead >= 0 && ahead <= TcpReceiver.WINDOW) {
        fail(new SocketException("Connection reset by " + remote()));
      }
      return;
    }
    if (segment.has(TcpSegment.SYN)) {
      repeatHandshake();
      return;
    }
    if (segment.has(TcpSegment.ACK)) {
      acknowledged(segment);
    }
    if (state == State.ESTABLISHED) {
      data(segment);
      pump();
      endWhenBothFinished();
    }
  }

  private void answered(TcpSegment segment) {
    boolean acceptable =
        segment.has(TcpSegment.ACK) && (int) segment.acknowledgment() == sender.next();
    if (!acceptable) {
      return;
    }
    if (segment.has(TcpSegment.RST)) {
      fail(new ConnectException("Connection refused: " + remote()));
    } else if (segment.has(TcpSegment.SYN)) {
      receiver = new TcpReceiver((int) segment.sequence() + 1);
      synchronize(segment);
      acknowledged(segment);
      state = State.ESTABLISHED;
      acknowledge();
      events.connected();
      pump();
    }
  }

  private void synchronize(TcpSegment syn) {
    int peer = syn.maximumSegmentSize().orElse(DEFAULT_PEER_SEGMENT_SIZE);
    segmentSize = Math.max(8, Math.min(peer, MAX_SEGMENT_SIZE));
    peerWindow = syn.window();
  }

  private void repeatHandshake() {
    if (state == State.SYN_RECEIVED) {
      send(sender.first());
    } else {
      acknowledge();
    }
  }

  private void acknowledged(TcpSegment segment) {
    int upTo = (int) segment.acknowledgment();
    TcpSender.Sent confirmed = sender.acknowledge(upTo);
    boolean windowChanged = peerWindow != segment.window();
    peerWindow = segment.window();
    if (confirmed == null) {
      boolean duplicate =
          upTo == sender.acknowledged()
              && !sender.isIdle()
              && segment.payload().isEmpty()
              && !windowChanged;
      if (duplicate && ++duplicateAcknowledgments == 3) {
        recoverUpTo = sender.next();
        send(sender.first());
      }
      return;
    }
    duplicateAcknowledgments = 0;
    if (confirmed.transmissions == 1) {
      timeout.measured(fabric.nanos() - confirmed.sentAt);
    } else {
      timeout.progressed();
    }
    if (state == State.SYN_RECEIVED) {
      state = State.ESTABLISHED;
      events = listener.accepted(this);
      events.connected();
    }
    if (!sender.isIdle() && sender.first().sequence - recoverUpTo < 0) {
      send(sender.first());
    }
    armTimer();
    if (writeWasRefused && sender.room() > 0) {
      writeWasRefused = false;
      events.writable();
    }
  }

  private void data(TcpSegment segment) {
    int sequence = (int) segment.sequence();
    Octets payload = segment.payload();
    if (segment.has(TcpSegment.FIN)) {
      receiver.fin(sequence + payload.size());
    }
    Octets ready = receiver.add(sequence, payload);
    boolean finished = receiver.takeFin();
    if (!payload.isEmpty() || segment.has(TcpSegment.FIN)) {
      acknowledge();
    }
    if (!ready.isEmpty()) {
      if (released) {
        receiver.consumed(ready.size());
      }
      events.received(ready);
    }
    if (finished) {
      finReceived = true;
      events.peerFinished();
    }
  }

  /** Sends what window and buffer allow. */
  private void pump() {
    if (state != State.ESTABLISHED) {
      return;
    }
    while (sender.hasPending() && sender.inFlight() < peerWindow) {
      send(sender.data(Math.min(segmentSize, peerWindow - sender.inFlight())));
    }
    if (finWanted && !finSent && !sender.hasPending()) {
      finSent = true;
      send(sender.control(TcpSegment.FIN));
    }
    if (timer == null) {
      armTimer();
    }
  }

  private void armTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    boolean waiting = !sender.isIdle() || sender.hasPending();
    if (state != State.CLOSED && waiting) {
      timer = fabric.after(patience(), this::elapsed);
    }
  }

  private Duration patience() {
    return state == State.SYN_SENT
        ? FIRST_SYN_TIMEOUT.multipliedBy(1L << (sender.first().transmissions - 1))
        : timeout.current();
  }

  private void elapsed() {
    timer = null;
    if (sender.isIdle()) {
      send(sender.data(1)); // the peer's window is closed: ask whether it still is
      armTimer();
      return;
    }
    int most = state == State.SYN_SENT ? MAX_SYN_TRANSMISSIONS : MAX_DATA_TRANSMISSIONS;
    if (peerWindow > 0 || state == State.SYN_SENT) {
      if (sender.first().transmissions >= most) {
        fail(
            state == State.SYN_SENT
                ? new ConnectTimeoutException("Connection timed out: " + remote())
                : new SocketException("Connection timed out: " + remote()));
        return;
      }
    }
    timeout.elapsed();
    recoverUpTo = sender.next();
    send(sender.first());
    armTimer();
  }

  private void send(TcpSender.Sent sent) {
    sent.transmissions++;
    sent.sentAt = fabric.nanos();
    boolean opening = state == State.SYN_SENT;
    transmit(sent.sequence, sent.flags | (opening ? 0 : TcpSegment.ACK), sent.data);
  }

  private void acknowledge() {
    transmit(sender.next(), TcpSegment.ACK, Octets.EMPTY);
  }

  private void transmit(int sequence, int flags, Octets data) {
    boolean syn = (flags & TcpSegment.SYN) != 0;
    windowWasClosed = receiver.window() < MAX_SEGMENT_SIZE;
    ports.transmit(
        flow,
        TcpSegment.of(
            flow.sourcePort(),
            flow.destinationPort(),
            sequence & 0xffffffffL,
            (flags & TcpSegment.ACK) == 0 ? 0 : receiver.next() & 0xffffffffL,
            flags,
            receiver.window(),
            syn ? TcpSegment.maximumSegmentSize(MAX_SEGMENT_SIZE) : Octets.EMPTY,
            data));
  }

  /** The side that finished first lingers to answer a repeated FIN; nobody waits for ever. */
  private void endWhenBothFinished() {
    boolean ownFinConfirmed = finSent && sender.isIdle();
    if (state == State.ESTABLISHED && ownFinConfirmed && released && timer == null) {
      timer = fabric.after(finReceived ? TIME_WAIT : FIN_WAIT, this::end);
    } else if (finReceived && ownFinConfirmed && timer != null) {
      timer.cancel(false);
      timer = fabric.after(TIME_WAIT, this::end);
    }
  }

  private void fail(IOException cause) {
    Events told = events;
    events = NOBODY;
    end();
    told.failed(cause);
  }

  private void end() {
    state = State.CLOSED;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    ports.forget(flow, this);
  }
}
