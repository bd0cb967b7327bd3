package vpnlab.protocol.ike;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import vpnlab.protocol.Carrier;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.TimerId;
import vpnlab.wire.Octets;

/** Runs one endpoint on two real UDP sockets of the loopback address, for talks with real peers. */
final class SocketHost implements Carrier, AutoCloseable {
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final Map<InetSocketAddress, DatagramSocket> sockets = new HashMap<>();
  private final Map<TimerId, ScheduledFuture<?>> timers = new HashMap<>();
  private final LinkedBlockingQueue<IkeEvent> events = new LinkedBlockingQueue<>();
  private final List<IkeEvent> seen = new ArrayList<>();
  private final InetSocketAddress first;
  private final InetSocketAddress second;
  private final Endpoint endpoint;
  private final BiConsumer<SocketHost, IkeEvent> owner;

  /** What an endpoint needs to know of its host before it can be made. */
  record Addresses(InetSocketAddress first, InetSocketAddress second) {}

  SocketHost(Function<Addresses, Endpoint> endpoint, BiConsumer<SocketHost, IkeEvent> owner)
      throws IOException {
    this.first = open();
    this.second = open();
    this.endpoint = endpoint.apply(new Addresses(first, second));
    this.owner = owner;
    sockets.forEach((address, socket) -> daemon(() -> read(address, socket)));
  }

  private InetSocketAddress open() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    InetSocketAddress address =
        new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    sockets.put(address, socket);
    return address;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "socket-host");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return first.getPort();
  }

  private void read(InetSocketAddress local, DatagramSocket socket) {
    byte[] buffer = new byte[65536];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return; // closed
      }
      Octets payload = Octets.of(buffer, 0, packet.getLength());
      InetSocketAddress remote = new InetSocketAddress(packet.getAddress(), packet.getPort());
      handle(new Input.DatagramReceived(local, remote, payload));
    }
  }

  /** The host has its second port on another address, too, and moves there. */
  void moveTo(IkeSaId saId, InetAddress address) throws IOException {
    DatagramSocket socket = new DatagramSocket(second.getPort(), address);
    InetSocketAddress local = new InetSocketAddress(address, second.getPort());
    loop.execute(() -> sockets.put(local, socket));
    daemon(() -> read(local, socket));
    command(new IkeCommand.MoveTo(saId, address));
  }

  void command(IkeCommand command) {
    handle(new Input.Command(command));
  }

  private void handle(Input input) {
    if (!loop.isShutdown()) {
      loop.execute(
          () -> endpoint.handle(Instant.now(), input).forEach(output -> output.carryOut(this)));
    }
  }

  /** The next event of a kind, also if it has come already; empty after so long. */
  <E extends IkeEvent> Optional<E> await(Class<E> kind, Duration limit)
      throws InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (Instant.now().isBefore(end)) {
      IkeEvent event =
          events.poll(
              Math.max(1, Duration.between(Instant.now(), end).toMillis()), TimeUnit.MILLISECONDS);
      if (event != null) {
        seen.add(event);
        if (kind.isInstance(event)) {
          return Optional.of(kind.cast(event));
        }
      }
    }
    return Optional.empty();
  }

  /** What has been awaited so far, one line each. */
  String transcript() {
    events.drainTo(seen);
    StringBuilder text = new StringBuilder();
    for (IkeEvent event : seen) {
      text.append(
          event instanceof IkeEvent.Exchanged x
              ? x.direction() + " " + x.message() + "\n"
              : event + "\n");
    }
    return text.toString();
  }

  @Override
  public void transmit(Output.Transmit transmit) {
    byte[] payload = transmit.payload().toArray();
    try {
      sockets
          .get(transmit.local())
          .send(new DatagramPacket(payload, payload.length, transmit.remote()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void setTimer(Output.SetTimer setTimer) {
    cancelTimer(new Output.CancelTimer(setTimer.timer()));
    timers.put(
        setTimer.timer(),
        loop.schedule(
            () -> handle(new Input.TimerFired(setTimer.timer())),
            setTimer.after().toMillis(),
            TimeUnit.MILLISECONDS));
  }

  @Override
  public void cancelTimer(Output.CancelTimer cancelTimer) {
    ScheduledFuture<?> timer = timers.remove(cancelTimer.timer());
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void notify(Output.Notify notify) {
    events.add((IkeEvent) notify.event());
    owner.accept(this, (IkeEvent) notify.event());
  }

  @Override
  public void close() {
    loop.shutdownNow();
    sockets.values().forEach(DatagramSocket::close);
  }
}
