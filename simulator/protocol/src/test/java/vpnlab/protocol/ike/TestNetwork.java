package vpnlab.protocol.ike;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import vpnlab.protocol.Carrier;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.TimerId;
import vpnlab.wire.Octets;

/**
 * Carries datagrams between endpoints in virtual time, through a wire that a test can tamper with.
 */
final class TestNetwork {
  /** What a wire may make of a datagram: itself, another, or nothing when its payload is null. */
  record Datagram(InetSocketAddress from, InetSocketAddress to, Octets payload) {
    Datagram with(Octets other) {
      return new Datagram(from, to, other);
    }

    static final Octets LOST = null;
  }

  private record Due(Instant at, long order, Runnable action) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private final Map<InetSocketAddress, Host> hosts = new HashMap<>();
  private final List<Datagram> sent = new ArrayList<>();
  private UnaryOperator<Datagram> wire = datagram -> datagram;
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private long order;

  Instant now() {
    return now;
  }

  /** All that was sent, before the wire had its way with it. */
  List<Datagram> sent() {
    return sent;
  }

  void wire(UnaryOperator<Datagram> tampering) {
    wire = tampering;
  }

  Host host(Endpoint endpoint, BiConsumer<Host, IkeEvent> owner, InetSocketAddress... addresses) {
    Host host = new Host(endpoint, owner);
    for (InetSocketAddress address : addresses) {
      hosts.put(address, host);
    }
    return host;
  }

  /** Runs until nothing is due, or so much time has passed. */
  void run(Duration limit) {
    Instant end = now.plus(limit);
    while (!queue.isEmpty() && !queue.peek().at.isAfter(end)) {
      Due due = queue.remove();
      now = due.at;
      due.action.run();
    }
  }

  private void later(Duration after, Runnable action) {
    queue.add(new Due(now.plus(after), order++, action));
  }

  private void carry(Datagram datagram) {
    sent.add(datagram);
    Datagram through = wire.apply(datagram);
    if (through.payload() != null) {
      deliver(through);
    }
  }

  /** As if the datagram came out of the wire. */
  void deliver(Datagram through) {
    later(
        Duration.ofMillis(5),
        () -> {
          Host target = hosts.get(through.to());
          if (target != null) {
            target.receive(through);
          }
        });
  }

  /** An endpoint with its owner. */
  final class Host implements Carrier {
    private final Endpoint endpoint;
    private final BiConsumer<Host, IkeEvent> owner;
    private final Map<TimerId, Object> timers = new HashMap<>();
    private final List<IkeEvent> events = new ArrayList<>();

    private Host(Endpoint endpoint, BiConsumer<Host, IkeEvent> owner) {
      this.endpoint = endpoint;
      this.owner = owner;
    }

    /** The host gets an address, or (with false) loses it. */
    void has(InetSocketAddress address, boolean mine) {
      if (mine) {
        hosts.put(address, this);
      } else {
        hosts.remove(address, this);
      }
    }

    void command(IkeCommand command) {
      handle(new Input.Command(command));
    }

    /** Events of a kind, in order. */
    <E extends IkeEvent> List<E> events(Class<E> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The only event of a kind. */
    <E extends IkeEvent> E only(Class<E> kind) {
      List<E> all = events(kind);
      if (all.size() != 1) {
        throw new AssertionError(
            all.size() + " events of " + kind.getSimpleName() + " in " + transcript());
      }
      return all.get(0);
    }

    List<String> transcript() {
      return events.stream()
          .map(
              e ->
                  e instanceof IkeEvent.Exchanged x
                      ? (x.retransmission() ? "again " : "") + x.direction() + " " + x.message()
                      : e.getClass().getSimpleName())
          .toList();
    }

    void receive(Datagram datagram) {
      handle(new Input.DatagramReceived(datagram.to(), datagram.from(), datagram.payload()));
    }

    private void handle(Input input) {
      endpoint.handle(now, input).forEach(output -> output.carryOut(this));
    }

    @Override
    public void transmit(Output.Transmit transmit) {
      carry(new Datagram(transmit.local(), transmit.remote(), transmit.payload()));
    }

    @Override
    public void setTimer(Output.SetTimer setTimer) {
      Object token = new Object();
      timers.put(setTimer.timer(), token);
      later(
          setTimer.after(),
          () -> {
            if (timers.remove(setTimer.timer(), token)) {
              handle(new Input.TimerFired(setTimer.timer()));
            }
          });
    }

    @Override
    public void cancelTimer(Output.CancelTimer cancelTimer) {
      timers.remove(cancelTimer.timer());
    }

    @Override
    public void notify(Output.Notify notify) {
      IkeEvent event = (IkeEvent) notify.event();
      events.add(event);
      // An owner's command is an input of its own, after all outputs of this one.
      later(Duration.ZERO, () -> owner.accept(this, event));
    }
  }
}
