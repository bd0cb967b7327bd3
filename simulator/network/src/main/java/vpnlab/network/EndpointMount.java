package vpnlab.network;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.network.channel.Buffers;
import vpnlab.network.path.IcmpError;
import vpnlab.protocol.Carrier;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.ProtocolCommand;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.TimerId;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeDatagram;

/**
 * Runs an {@link Endpoint} on UDP ports of a host. The endpoint is never entered twice at a time:
 * whatever comes in while the outputs of one input are carried out waits in a queue. An exception
 * from the endpoint or its owner is logged with the input, and the next input is taken.
 */
public final class EndpointMount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointMount.class);

  private final NetworkHost host;
  private final Consumer<ProtocolEvent> owner;
  private final Map<Integer, UdpPort> ports = new LinkedHashMap<>();
  private final Map<TimerId, ScheduledFuture<?>> timers = new HashMap<>();
  private final Deque<Input> waiting = new ArrayDeque<>();
  private final Carrier carrier = new OntoTheNetwork();
  private volatile Consumer<IcmpError> icmpErrors = error -> {};
  private volatile Consumer<Input.DatagramReceived> esp;
  private Endpoint endpoint;
  private boolean busy;
  private boolean closed;

  private EndpointMount(NetworkHost host, Consumer<ProtocolEvent> owner) {
    this.host = host;
    this.owner = owner;
  }

  /**
   * Mounts an endpoint.
   *
   * @param owner hears the endpoint's events, on the network's thread
   * @throws BindException when one of the ports is taken; none is held then
   */
  public static EndpointMount mount(
      NetworkHost host, Endpoint endpoint, Consumer<ProtocolEvent> owner, int... ports)
      throws BindException {
    return mount(host, locals -> endpoint, owner, ports);
  }

  /**
   * Mounts an endpoint that must know its addresses when it is made.
   *
   * @param endpoint makes it from the addresses that were bound, in the order of {@code ports}
   * @param ports 0 means any free one
   */
  public static EndpointMount mount(
      NetworkHost host,
      Function<List<InetSocketAddress>, Endpoint> endpoint,
      Consumer<ProtocolEvent> owner,
      int... ports)
      throws BindException {
    EndpointMount mount = new EndpointMount(host, owner);
    List<InetSocketAddress> locals = new ArrayList<>();
    try {
      for (int port : ports) {
        locals.add(mount.open(port));
      }
    } catch (BindException e) {
      mount.close();
      throw e;
    }
    try {
      mount.start(endpoint.apply(List.copyOf(locals)));
    } catch (RuntimeException e) {
      mount.close();
      throw e;
    }
    return mount;
  }

  /** The lab's addresses of the bound ports, in the order in which they were asked for. */
  public List<InetSocketAddress> locals() {
    return ports.values().stream().map(UdpPort::local).toList();
  }

  /** Gives the endpoint a command, now or, when it is busy, next. */
  public void command(ProtocolCommand command) {
    onLoop(() -> accept(new Input.Command(command)));
  }

  /** Lets {@code listener} hear what ICMP reports about sent datagrams. */
  public void onIcmpError(Consumer<IcmpError> listener) {
    icmpErrors = listener;
  }

  /**
   * Lets {@code listener} have the datagrams that are ESP in UDP (RFC 3948 section 2.2), which the
   * endpoint then does not see. For endpoints on IKE's ports.
   */
  public void onEsp(Consumer<Input.DatagramReceived> listener) {
    esp = listener;
  }

  /**
   * Sends a datagram that is not the endpoint's.
   *
   * @throws IllegalStateException when nothing is mounted at the port of {@code local}
   */
  public void send(InetSocketAddress local, InetSocketAddress remote, Octets payload) {
    onLoop(
        () -> {
          if (!closed) {
            carrier.transmit(new Output.Transmit(local, remote, payload));
          }
        });
  }

  /** Closes the ports and forgets the timers; the endpoint hears nothing more. */
  @Override
  public void close() {
    onLoop(
        () -> {
          closed = true;
          waiting.clear();
          timers.values().forEach(timer -> timer.cancel(false));
          timers.clear();
          ports.values().forEach(UdpPort::close);
        });
  }

  private void start(Endpoint made) {
    host.network()
        .call(
            () -> {
              endpoint = made;
              work();
              return null;
            });
  }

  private InetSocketAddress open(int port) throws BindException {
    UdpPort bound = host.bindUdp(port, new Receiver());
    ports.put(bound.local().getPort(), bound);
    return bound.local();
  }

  private void onLoop(Runnable task) {
    if (host.eventLoop().inEventLoop()) {
      task.run();
    } else {
      host.eventLoop().execute(task);
    }
  }

  private void accept(Input input) {
    if (!closed) {
      waiting.add(input);
      work();
    }
  }

  private void work() {
    if (busy || endpoint == null) {
      return;
    }
    busy = true;
    try {
      for (Input input; (input = waiting.poll()) != null; ) {
        handle(input);
      }
    } finally {
      busy = false;
    }
  }

  private void handle(Input input) {
    try {
      for (Output output : endpoint.handle(host.clock().instant(), input)) {
        if (closed) {
          return;
        }
        output.carryOut(carrier);
      }
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      LOG.error("{}: an endpoint or its owner failed at {}", host.name(), describe(input), e);
    }
  }

  private static String describe(Input input) {
    return input instanceof Input.DatagramReceived received
        ? "datagram "
            + received.remote()
            + " > "
            + received.local()
            + " "
            + received.payload().toHex()
        : input.toString();
  }

  private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      Octets payload = Buffers.octets(packet.content());
      Input.DatagramReceived received =
          new Input.DatagramReceived(packet.recipient(), packet.sender(), payload);
      if (esp != null && IkeDatagram.of(payload).kind() == IkeDatagram.Kind.ESP) {
        esp.accept(received);
      } else {
        accept(received);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof IcmpError error) {
        icmpErrors.accept(error);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.error("{}: a UDP channel failed", host.name(), cause);
    }
  }

  private final class OntoTheNetwork implements Carrier {
    @Override
    public void transmit(Output.Transmit transmit) {
      UdpPort port = ports.get(transmit.local().getPort());
      if (port == null) {
        throw new IllegalStateException(
            "nothing is mounted at " + transmit.local() + "; mounted: " + ports.keySet());
      }
      port.send(transmit.local(), transmit.remote(), transmit.payload())
          .addListener(
              sent -> {
                if (!sent.isSuccess()) {
                  LOG.warn("{}: cannot send to {}", host.name(), transmit.remote(), sent.cause());
                }
              });
    }

    @Override
    public void setTimer(Output.SetTimer set) {
      cancel(set.timer());
      Input fired = new Input.TimerFired(set.timer());
      ScheduledFuture<?> running =
          host.eventLoop()
              .schedule(
                  () -> {
                    timers.remove(set.timer());
                    accept(fired);
                  },
                  set.after().toNanos(),
                  TimeUnit.NANOSECONDS);
      timers.put(set.timer(), running);
    }

    @Override
    public void cancelTimer(Output.CancelTimer cancel) {
      cancel(cancel.timer());
    }

    @Override
    public void notify(Output.Notify notify) {
      owner.accept(notify.event());
    }

    private void cancel(TimerId timer) {
      ScheduledFuture<?> running = timers.remove(timer);
      if (running != null) {
        running.cancel(false);
      }
    }
  }
}
