package vpnlab.network.path;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.topology.Host;
import vpnlab.network.topology.Interface;
import vpnlab.network.topology.Router;
import vpnlab.network.topology.Segment;
import vpnlab.network.topology.Topology;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * A {@link Topology} at work: hosts, routers and segments that pass IPv4 packets on. It runs on one
 * executor and takes time from that executor's ticker alone, so it is the same in virtual and in
 * real time. Everything here is called on that executor's thread.
 */
public final class Fabric {
  private static final Logger LOG = LoggerFactory.getLogger(Fabric.class);

  private final EventExecutor executor;
  private final FabricSettings settings;
  private final Random random;
  private final long started;
  private final Map<String, HostNode> hosts = new LinkedHashMap<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Map<String, OutsideNode> outsides = new LinkedHashMap<>();
  private final Map<InetSocketAddress, OutsideNode.Door> doors = new HashMap<>();
  private final List<RouterNode> routers = new ArrayList<>();
  private final Routes routes;
  private final List<Consumer<Drop>> dropListeners = new ArrayList<>();
  private final List<Consumer<CapturedPacket>> captureListeners = new ArrayList<>();
  private int channels;
  private long packetsSent;
  private long packetsReceived;
  private long packetsDropped;

  public Fabric(EventExecutor executor, Topology topology, FabricSettings settings) {
    this.executor = executor;
    this.settings = settings;
    this.random = new Random(settings.seed());
    this.started = executor.ticker().nanoTime();
    for (Segment segment : topology.segments()) {
      links.put(segment.name(), new Link(this, segment));
    }
    for (Host host : topology.hosts()) {
      HostNode node = new HostNode(this, host);
      attach(node, host.interfaces());
      hosts.put(host.name(), node);
    }
    for (Router router : topology.routers()) {
      RouterNode node = new RouterNode(this, router);
      attach(node, router.interfaces());
      node.answerForPublicAddresses();
      routers.add(node);
    }
    routes = new Routes(List.copyOf(links.values()), routers);
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  public HostNode host(String name) {
    HostNode host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("no host is named " + name + "; known: " + hosts.keySet());
    }
    return host;
  }

  /**
   * The addresses of a router.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public List<InetAddress> routerAddresses(String name) {
    return router(name).nics().stream().map(nic -> nic.address().toInetAddress()).toList();
  }

  /** The routing table of a router, as {@link HostNode#routeTable} has that of a host. */
  public List<String> routeTable(String router) {
    return routes.describe(router(router));
  }

  private RouterNode router(String name) {
    return routers.stream()
        .filter(router -> router.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no router is named " + name));
  }

  /**
   * The way between a segment and the world outside the lab.
   *
   * @throws IllegalArgumentException when there is no segment of that name
   */
  public OutsideNode outside(String segment) {
    return outsides.computeIfAbsent(
        segment,
        name -> {
          OutsideNode node = new OutsideNode(this, "outside-" + name, doors);
          node.attach(link(name), Ipv4Address.ANY);
          return node;
        });
  }

  /** Calls {@code listener} for every packet that goes no further. */
  public void onDrop(Consumer<Drop> listener) {
    dropListeners.add(listener);
  }

  /**
   * Calls {@code listener} for every packet that a host's interface sends or receives: those that
   * the captures hold at once, then the others as they come.
   */
  public void onCapture(Consumer<CapturedPacket> listener) {
    hosts.values().stream()
        .flatMap(host -> host.captured().stream())
        .sorted(Comparator.comparing(CapturedPacket::at))
        .forEach(listener);
    captureListeners.add(listener);
  }

  /** True time. */
  public Instant now() {
    return settings.epoch().plusNanos(elapsed());
  }

  /** Nanoseconds since the network started. */
  public long elapsed() {
    return nanos() - started;
  }

  /** A clock that is ahead of true time by {@code skew}. */
  public Clock clock(Duration skew) {
    return Clock.offset(new TrueClock(this, ZoneOffset.UTC), skew);
  }

  public EventExecutor executor() {
    return executor;
  }

  public FabricSettings settings() {
    return settings;
  }

  public long packetsSent() {
    return packetsSent;
  }

  public long packetsReceived() {
    return packetsReceived;
  }

  public long packetsDropped() {
    return packetsDropped;
  }

  public long capturesForgotten() {
    return hosts.values().stream().mapToLong(HostNode::capturesForgotten).sum();
  }

  NumberedChannelId newChannelId() {
    return new NumberedChannelId(++channels);
  }

  boolean isInside(Ipv4Address address) {
    return links.values().stream()
        .anyMatch(link -> link.hasMember(address) && !link.isOutside(address));
  }

  Routes routes() {
    return routes;
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  Link link(String name) {
    Link link = links.get(name);
    if (link == null) {
      throw new IllegalArgumentException(
          "no segment is named " + name + "; known: " + links.keySet());
    }
    return link;
  }

  long nanos() {
    return executor.ticker().nanoTime();
  }

  ScheduledFuture<?> after(Duration delay, Runnable task) {
    return executor.schedule(() -> logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A listener that throws must neither stop the network nor go unnoticed. */
  private static void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | AssertionError e) {
      LOG.error("a packet went no further", e);
    }
  }

  /** Draws only when there is a choice, so that a perfect link does not use up the seed. */
  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  long upTo(Duration most) {
    return most.isZero() ? 0 : (long) (random.nextDouble() * (most.toNanos() + 1));
  }

  long randomU32() {
    return random.nextInt() & 0xffffffffL;
  }

  void captured(Capture capture, CapturedPacket packet) {
    if (packet.direction() == CapturedPacket.Direction.SENT) {
      packetsSent++;
    } else {
      packetsReceived++;
    }
    capture.add(packet);
    captureListeners.forEach(listener -> listener.accept(packet));
  }

  void dropped(String where, Drop.Reason reason, String rule, Ipv4Packet packet) {
    packetsDropped++;
    if (!dropListeners.isEmpty()) {
      Drop drop = new Drop(now(), where, reason, rule, packet);
      dropListeners.forEach(listener -> listener.accept(drop));
    }
  }

  private void attach(Node node, List<Interface> interfaces) {
    for (Interface each : interfaces) {
      node.attach(links.get(each.segment()), each.address());
    }
  }
}
