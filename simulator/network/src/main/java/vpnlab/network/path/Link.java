package vpnlab.network.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.Segment;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;
import vpnlab.wire.ip.Ipv4Packet;

/** A segment at work: delays, loses, doubles and reorders what crosses it. */
final class Link {
  /** Linux keeps about as many packets while it asks for one neighbour's address. */
  private static final int MAX_WAITING = 101;

  private record Path(Nic from, Nic to) {}

  private record Waiting(Ipv4Packet packet, Undeliverable undeliverable) {}

  private final Fabric fabric;
  private final Segment segment;
  private final Map<Ipv4Address, Nic> members = new LinkedHashMap<>();
  private final Map<Ipv4Address, Nic> proxies = new LinkedHashMap<>();
  private Nic exit;
  private final Map<Path, Long> lastArrivals = new HashMap<>();
  private final Map<Ipv4Address, List<Waiting>> unresolved = new LinkedHashMap<>();

  Link(Fabric fabric, Segment segment) {
    this.fabric = fabric;
    this.segment = segment;
  }

  String name() {
    return segment.name();
  }

  Ipv4Network network() {
    return segment.network();
  }

  int mtu() {
    return segment.link().mtu();
  }

  /** From now on {@code nic} answers for {@code address}, which may be one of several. */
  void join(Nic nic, Ipv4Address address) {
    members.put(address, nic);
  }

  void leave(Nic nic, Ipv4Address address) {
    members.remove(address, nic);
  }

  /**
   * From now on {@code nic} answers for an address that is another's, or nobody's (proxy ARP, RFC
   * 1027), and tells everybody so, as RFC 5227 section 2.3 has it. While the address has an owner
   * here, packets go to the owner all the same: an owner answers at once and a proxy later, and
   * whoever asked keeps to the first answer for a while (Linux' {@code proxy_delay} and {@code
   * locktime}).
   */
  void proxy(Nic nic, Ipv4Address address) {
    proxies.put(address, nic);
    members.values().stream()
        .distinct()
        .filter(to -> to != nic && to.node() instanceof HostNode)
        .forEach(
            to ->
                fabric.after(
                    segment.link().latency(),
                    () -> ((HostNode) to.node()).claimed(address, nic.hardware())));
  }

  void stopProxying(Nic nic, Ipv4Address address) {
    proxies.remove(address, nic);
  }

  /** The interface is no longer on this segment. */
  void forget(Nic nic) {
    members.values().removeIf(nic::equals);
    proxies.values().removeIf(nic::equals);
    lastArrivals.keySet().removeIf(path -> path.from().equals(nic) || path.to().equals(nic));
  }

  /** From now on {@code nic} answers for every address outside this segment's own block. */
  void exitThrough(Nic nic) {
    exit = nic;
  }

  /** Whether a member stands for somebody outside the lab. */
  boolean isOutside(Ipv4Address address) {
    return members.get(address) != null && members.get(address).node() instanceof OutsideNode;
  }

  boolean hasMember(Ipv4Address address) {
    return members.containsKey(address);
  }

  /** Carries a packet that fits to the interface that has the address {@code nextHop}. */
  void carry(Nic from, Ipv4Address nextHop, Ipv4Packet packet, Undeliverable undeliverable) {
    Nic to = members.getOrDefault(nextHop, proxies.get(nextHop));
    if (to == null && !network().contains(nextHop)) {
      to = exit;
    }
    if (to == null) {
      awaitResolution(nextHop, new Waiting(packet, undeliverable));
      return;
    }
    pass(from, to, packet);
  }

  /**
   * Carries a packet to every other host. Routers do not forward it (RFC 1812 section 5.3.5.1), and
   * nobody outside the lab is meant.
   */
  void broadcast(Nic from, Ipv4Packet packet) {
    members.values().stream()
        .distinct()
        .filter(to -> to != from && to.node() instanceof HostNode)
        .forEach(to -> pass(from, to, packet));
  }

  private void pass(Nic from, Nic to, Ipv4Packet packet) {
    LinkProperties link = segment.link();
    if (fabric.chance(link.loss())) {
      fabric.dropped(name(), Drop.Reason.LOSS, "", packet);
      return;
    }
    arrive(from, to, packet);
    if (fabric.chance(link.duplication())) {
      arrive(from, to, packet);
    }
  }

  private void arrive(Nic from, Nic to, Ipv4Packet packet) {
    LinkProperties link = segment.link();
    long delay = link.latency().toNanos() + fabric.upTo(link.jitter());
    if (fabric.chance(link.reordering())) {
      delay += link.reorderingDelay().toNanos();
    } else {
      Path path = new Path(from, to);
      long now = fabric.nanos();
      long at = Math.max(now + delay, lastArrivals.getOrDefault(path, now));
      lastArrivals.put(path, at);
      delay = at - now;
    }
    fabric.after(Duration.ofNanos(delay), () -> to.node().receive(to, packet));
  }

  /** As ARP does: ask for some seconds, then report every packet that waited. */
  private void awaitResolution(Ipv4Address address, Waiting waiting) {
    List<Waiting> queue = unresolved.get(address);
    if (queue == null) {
      queue = new ArrayList<>();
      unresolved.put(address, queue);
      fabric.after(fabric.settings().resolutionTimeout(), () -> giveUp(address));
    }
    if (queue.size() < MAX_WAITING) {
      queue.add(waiting);
    } else {
      fabric.dropped(name(), Drop.Reason.NO_SUCH_HOST, "", waiting.packet());
    }
  }

  private void giveUp(Ipv4Address address) {
    for (Waiting waiting : unresolved.remove(address)) {
      fabric.dropped(name(), Drop.Reason.NO_SUCH_HOST, "", waiting.packet());
      waiting.undeliverable().because(IcmpKind.HOST_UNREACHABLE);
    }
  }
}
