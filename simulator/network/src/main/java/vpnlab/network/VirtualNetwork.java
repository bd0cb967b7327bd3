package vpnlab.network;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.channel.LabDatagramChannel;
import vpnlab.network.path.Drop;
import vpnlab.network.path.Fabric;
import vpnlab.network.path.FabricSettings;
import vpnlab.network.path.HostNode;
import vpnlab.network.topology.Topology;

/**
 * A network in memory and in virtual time. When nothing is left to do at one instant, the clock
 * jumps to the next timer or arrival. The thread that creates a network owns it and runs everything
 * in it; the same seed gives the same packets at the same times.
 */
public final class VirtualNetwork implements LabNetwork {
  /** Rounds at one instant after which hosts are taken to be chasing each other's tails. */
  private static final int MAX_ROUNDS_AT_ONE_INSTANT = 1_000_000;

  private final VirtualTicker ticker = new VirtualTicker();
  private final Thread owner = Thread.currentThread();
  private final VirtualEventLoop loop = new VirtualEventLoop(owner, ticker);
  private final OpenChannels channels = new OpenChannels(loop);
  private final Fabric fabric;
  private final long startedWall = System.nanoTime();
  private int roundsAtOneInstant;

  public VirtualNetwork(Topology topology, FabricSettings settings) {
    fabric = new Fabric(loop, topology, settings);
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

  @Override
  public <T> T call(Callable<T> task) {
    checkOwner();
    try {
      return task.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public boolean runUntil(BooleanSupplier condition, Duration limit) {
    checkOwner();
    long end = ticker.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void runFor(Duration duration) {
    long end = ticker.nanoTime() + duration.toNanos();
    runUntil(() -> false, duration);
    ticker.advanceTo(end);
  }

  /**
   * Runs until nothing is left to do: no packet in flight, no timer set.
   *
   * @return whether that was within {@code limit} of virtual time
   */
  public boolean runUntilIdle(Duration limit) {
    runUntil(() -> false, limit);
    return loop.nextTimer() < 0;
  }

  @Override
  public List<CapturedPacket> captures(String host) {
    return fabric.host(host).captured();
  }

  @Override
  public void onCapture(Consumer<CapturedPacket> listener) {
    fabric.onCapture(listener);
  }

  @Override
  public void onDrop(Consumer<Drop> listener) {
    fabric.onDrop(listener);
  }

  @Override
  public NetworkStatistics statistics() {
    return new NetworkStatistics(
        Duration.ofNanos(fabric.elapsed()),
        Duration.ofNanos(System.nanoTime() - startedWall),
        fabric.packetsSent(),
        fabric.packetsReceived(),
        fabric.packetsDropped(),
        fabric.capturesForgotten());
  }

  @Override
  public void close() {
    checkOwner();
    channels.closeAll();
    ticker.release();
    loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }

  /** Does what is due, or jumps to what is due next; false when that is nothing before the end. */
  private boolean step(long end) {
    if (loop.runNow() > 0) {
      if (++roundsAtOneInstant > MAX_ROUNDS_AT_ONE_INSTANT) {
        throw new IllegalStateException(
            "no progress: " + roundsAtOneInstant + " rounds at " + fabric.now());
      }
      return true;
    }
    long next = loop.nextTimer();
    if (next < 0 || next > end) {
      return false;
    }
    roundsAtOneInstant = 0;
    ticker.advanceTo(next);
    return true;
  }

  private UdpTransport.Bound bindUdp(HostNode host, InetSocketAddress local, ChannelHandler handler)
      throws BindException {
    LabDatagramChannel channel = channels.bind(new LabDatagramChannel(host), local, handler);
    return new UdpTransport.Bound(channel.localAddress(), channel);
  }

  private void checkOwner() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "this network belongs to " + owner + ", not to " + Thread.currentThread());
    }
  }
}
