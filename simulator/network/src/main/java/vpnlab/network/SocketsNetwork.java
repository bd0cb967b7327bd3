package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.path.Drop;
import vpnlab.network.path.Fabric;
import vpnlab.network.path.FabricSettings;
import vpnlab.network.path.HostNode;
import vpnlab.network.path.OutsideNode;
import vpnlab.network.topology.Topology;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A network in real time whose UDP ports are real sockets on loopback addresses. Firewalls, address
 * translation and links are the same {@link Fabric} as in memory; it sits between relay sockets.
 * Handlers see the lab's addresses. Needs Linux, which routes all of 127.0.0.0/8.
 */
public final class SocketsNetwork implements LabNetwork {
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final Duration POLL = Duration.ofMillis(1);
  private static final Duration RELEASE_LIMIT = Duration.ofSeconds(5);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("lab-network", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final OpenChannels channels = new OpenChannels(loop);
  private final LoopbackAddresses loopback = new LoopbackAddresses();
  private final Map<Exit, GatewayHandler> exits = new HashMap<>();
  private final Fabric fabric;
  private final long startedWall = System.nanoTime();

  public SocketsNetwork(Topology topology, FabricSettings settings) {
    fabric = call(() -> new Fabric(loop, topology, settings));
  }

  @Override
  public NetworkHost host(String name) {
    return new NetworkHost(this, fabric.host(name), this::bindUdp, channels);
  }

  @Override
  public List<InetAddress> routerAddresses(String router) {
    return fabric.routerAddresses(router);
  }

  @Override
  public List<String> routeTable(String router) {
    return call(() -> fabric.routeTable(router));
  }

  @Override
  public Clock clock() {
    return fabric.clock(Duration.ZERO);
  }

  @Override
  public EventLoop eventLoop() {
    return loop;
  }

  /**
   * Lets real peers reach a UDP port in the lab: their datagrams enter on {@code segment} with
   * their own addresses as source, and replies leave through the same socket.
   *
   * @param lab a host's address, or a router's that forwards the port
   * @throws BindException when {@code real} cannot be bound; the message names it
   */
  public Gateway openGateway(String segment, InetSocketAddress real, InetSocketAddress lab)
      throws BindException {
    return onLoop(
        () -> {
          OutsideNode outside = fabric.outside(segment);
          GatewayHandler handler = new GatewayHandler(outside, lab, Optional.empty());
          Channel channel = channels.bind(datagramChannel(), real, handler);
          outside.open(lab, handler);
          return new Gateway((InetSocketAddress) channel.localAddress(), lab, channel);
        });
  }

  /**
   * Lets hosts of the lab reach real peers: what is sent to an address outside the lab leaves from
   * {@code segment} through real sockets, one for each pair of endpoints that talk. They are
   * connected, so that the kernel tells when nothing listens at the other end.
   *
   * @param real the local address of those sockets, any port
   */
  public void openExit(String segment, Ipv4Address real) {
    call(
        () -> {
          OutsideNode outside = fabric.outside(segment);
          outside.exitThrough(
              (lab, peer, payload) -> exit(outside, lab, peer, real).leave(lab, peer, payload));
          return null;
        });
  }

  /**
   * Lets hosts of the lab reach one real peer, and no other, under another address: what is sent to
   * {@code alias} leaves from {@code segment} for {@code real}, and its replies come from {@code
   * alias}. So the peer may well have an address that is also a gateway's client's or the lab's.
   *
   * @param alias on an address that no host of the lab has; may lie in the segment
   */
  public void openExit(String segment, InetSocketAddress alias, InetSocketAddress real) {
    GatewayHandler.Alias both = new GatewayHandler.Alias(alias, real);
    call(
        () -> {
          OutsideNode outside = fabric.outside(segment);
          outside.represent(
              alias,
              (lab, peer, payload) ->
                  exits
                      .computeIfAbsent(
                          new Exit(lab, peer),
                          exit ->
                              connected(
                                  new GatewayHandler(outside, lab, Optional.of(both)),
                                  Ipv4Address.ANY,
                                  real))
                      .leave(lab, peer, payload));
          return null;
        });
  }

  /** Closes a gateway; its port is free when this returns. */
  public void close(Gateway gateway) {
    call(gateway.channel()::close);
    long end = System.nanoTime() + RELEASE_LIMIT.toNanos();
    while (!isFree(gateway.real()) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** The kernel lets a closed port go only after the selector's next round. */
  private static boolean isFree(InetSocketAddress real) {
    try (DatagramSocket probe = new DatagramSocket(real)) {
      return probe.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  @Override
  public <T> T call(Callable<T> task) {
    try {
      return loop.inEventLoop() ? task.call() : loop.submit(task).get();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public boolean runUntil(BooleanSupplier condition, Duration limit) {
    if (loop.inEventLoop()) {
      throw new IllegalStateException("the network's own thread cannot wait for the network");
    }
    long end = System.nanoTime() + limit.toNanos();
    while (!call(condition::getAsBoolean)) {
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  @Override
  public void runFor(Duration duration) {
    runUntil(() -> false, duration);
  }

  @Override
  public List<CapturedPacket> captures(String host) {
    return call(() -> fabric.host(host).captured());
  }

  @Override
  public void onCapture(Consumer<CapturedPacket> listener) {
    loop.execute(() -> fabric.onCapture(listener));
  }

  @Override
  public void onDrop(Consumer<Drop> listener) {
    loop.execute(() -> fabric.onDrop(listener));
  }

  @Override
  public NetworkStatistics statistics() {
    return call(
        () ->
            new NetworkStatistics(
                Duration.ofNanos(fabric.elapsed()),
                Duration.ofNanos(System.nanoTime() - startedWall),
                fabric.packetsSent(),
                fabric.packetsReceived(),
                fabric.packetsDropped(),
                fabric.capturesForgotten()));
  }

  @Override
  public void close() {
    if (!loop.isShuttingDown()) {
      call(
          () -> {
            channels.closeAll();
            return null;
          });
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private UdpTransport.Bound bindUdp(
      HostNode host, InetSocketAddress wanted, ChannelHandler handler) throws BindException {
    RelayedUdpPort port = new RelayedUdpPort(host, this::openRelay);
    InetSocketAddress lab = port.bind(wanted);
    try {
      Ipv4Address address =
          Ipv4Address.of(
              wanted.getAddress().isAnyLocalAddress()
                  ? host.addresses().get(0)
                  : wanted.getAddress());
      ChannelHandler both =
          new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
              channel.pipeline().addLast(port, handler);
            }
          };
      Channel channel = channels.bind(datagramChannel(), loopback.of(address).at(0), both);
      return new UdpTransport.Bound(lab, channel);
    } catch (BindException e) {
      port.unbind();
      throw e;
    }
  }

  private Channel openRelay(Ipv4Address remote, ChannelHandler handler) throws BindException {
    return channels.bind(datagramChannel(), loopback.of(remote).at(0), handler);
  }

  private GatewayHandler exit(
      OutsideNode outside, InetSocketAddress lab, InetSocketAddress peer, Ipv4Address real) {
    return exits.computeIfAbsent(
        new Exit(lab, peer),
        exit -> connected(new GatewayHandler(outside, lab, Optional.empty()), real, peer));
  }

  private GatewayHandler connected(
      GatewayHandler handler, Ipv4Address local, InetSocketAddress peer) {
    try {
      channels.bind(datagramChannel(), local.at(0), handler).connect(peer);
      return handler;
    } catch (BindException e) {
      throw new CompletionException(e);
    }
  }

  private record Exit(InetSocketAddress lab, InetSocketAddress peer) {}

  private static NioDatagramChannel datagramChannel() {
    NioDatagramChannel channel = new NioDatagramChannel();
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST_DATAGRAM));
    channel.config().setOption(ChannelOption.SO_RCVBUF, 1 << 20);
    return channel;
  }

  private <T> T onLoop(Callable<T> task) throws BindException {
    try {
      return call(task);
    } catch (CompletionException e) {
      if (e.getCause() instanceof BindException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
