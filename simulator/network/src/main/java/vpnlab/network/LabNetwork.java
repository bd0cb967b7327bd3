package vpnlab.network;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.path.Drop;

/**
 * A network of hosts on which Netty's handlers run, in virtual or in real time. All handlers,
 * timers and listeners of one network run on one thread. Two networks share nothing.
 */
public interface LabNetwork extends AutoCloseable {
  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  NetworkHost host(String name);

  /** The addresses of a router, which is no host. */
  List<InetAddress> routerAddresses(String router);

  /** The routing table of a router; see {@link vpnlab.network.path.HostNode#routeTable}. */
  List<String> routeTable(String router);

  /** True time, from the network's epoch on; a host's own clock may be wrong. */
  Clock clock();

  EventLoop eventLoop();

  /**
   * Runs {@code task} on the network's thread and returns its result.
   *
   * @throws java.util.concurrent.CompletionException when the task throws
   */
  <T> T call(Callable<T> task);

  /**
   * Lets the network run until {@code condition} holds, which is asked on the network's thread.
   *
   * @param limit of network time
   * @return whether it holds; a virtual network also returns when nothing can happen any more
   */
  boolean runUntil(BooleanSupplier condition, Duration limit);

  /** Lets the network run for this much network time. */
  void runFor(Duration duration);

  /**
   * Lets the network run until {@code future} is done and returns its value.
   *
   * @throws java.util.concurrent.CompletionException when the future fails; its cause says why
   * @throws IllegalStateException when the future is not done within {@code limit}
   */
  default <T> T await(Future<T> future, Duration limit) {
    if (!runUntil(future::isDone, limit)) {
      throw new IllegalStateException("not done within " + limit + ": " + future);
    }
    if (future.cause() != null) {
      throw new java.util.concurrent.CompletionException(future.cause());
    }
    return future.getNow();
  }

  /** The packets that the interfaces of a host saw, oldest first. */
  List<CapturedPacket> captures(String host);

  /**
   * Calls {@code listener}, on the network's thread, for every packet that any host's tap has seen
   * or will see.
   */
  void onCapture(Consumer<CapturedPacket> listener);

  /** Calls {@code listener}, on the network's thread, for every packet that goes no further. */
  void onDrop(Consumer<Drop> listener);

  NetworkStatistics statistics();

  /** Closes every channel. */
  @Override
  void close();
}
