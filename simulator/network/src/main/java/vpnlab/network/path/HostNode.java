package vpnlab.network.path;

import java.net.BindException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.Host;
import vpnlab.network.topology.StaticRoute;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Fragmentation;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;
import vpnlab.wire.ip.Reassembly;

/**
 * A host's IP layer: firewall, capture, fragments, ICMP, tunnels, forwarding, and the protocols
 * above it.
 */
public final class HostNode extends Node {
  private final Host host;
  private final PacketFilter filter;
  private final Capture capture;
  private final Reassembly reassembly = new Reassembly();
  private final Map<IpProtocol, ProtocolHandler> handlers = new HashMap<>();
  private final List<StaticRoute> staticRoutes;
  private final HostRoutes routes = new HostRoutes();
  private final List<TunnelInterface> tunnels = new ArrayList<>();
  private final Echoes echoes = new Echoes(this);
  private final List<Consumer<AddressConflict>> conflictListeners = new ArrayList<>();
  private final List<Runnable> interfaceListeners = new ArrayList<>();
  private final UdpPorts udp;
  private final TcpPorts tcp;
  private final Clock clock;
  private boolean forwarding;
  private int lastIdentification;

  HostNode(Fabric fabric, Host host) {
    super(fabric, host.name());
    this.host = host;
    this.filter = new PacketFilter(host.firewall());
    this.capture = new Capture(fabric.settings().captureLimit());
    this.staticRoutes = longestFirst(host.routes());
    this.udp = new UdpPorts(this);
    this.clock = fabric.clock(host.clockSkew());
    this.tcp = new TcpPorts(this);
    handlers.put(IpProtocol.UDP, udp);
    handlers.put(IpProtocol.TCP, tcp);
  }

  public UdpPorts udp() {
    return udp;
  }

  public TcpPorts tcp() {
    return tcp;
  }

  /** Sends echo requests. */
  public Echoes echoes() {
    return echoes;
  }

  /** The host's own clock, which may be wrong. */
  public Clock clock() {
    return clock;
  }

  /** Those of its real interfaces, then those of its tunnels. */
  public List<InetAddress> addresses() {
    return Stream.concat(
            nics().stream().map(Nic::address), tunnels.stream().map(TunnelInterface::address))
        .distinct()
        .map(Ipv4Address::toInetAddress)
        .toList();
  }

  public Optional<Ipv4Address> addressOn(String segment) {
    return nics().stream()
        .filter(nic -> nic.link().name().equals(segment))
        .map(Nic::address)
        .findFirst();
  }

  public NumberedChannelId newChannelId() {
    return fabric.newChannelId();
  }

  public List<CapturedPacket> captured() {
    return capture.packets();
  }

  /** Packets that the capture holds no longer. */
  long capturesForgotten() {
    return capture.forgotten();
  }

  // --- interfaces and routes

  /**
   * Adds a tunnel interface, without any route.
   *
   * @param address may be one that the host has already
   * @param mtu octets
   * @param program takes what the host sends through
   */
  public TunnelInterface openTunnel(
      String name, Ipv4Address address, int mtu, Consumer<Ipv4Packet> program) {
    TunnelInterface tunnel = new TunnelInterface(this, name, address, mtu, program);
    tunnels.add(tunnel);
    return tunnel;
  }

  void close(TunnelInterface tunnel) {
    tunnels.remove(tunnel);
    routes.removeAll(tunnel);
  }

  /** Those of its real interfaces. */
  public List<InetAddress> interfaceAddresses() {
    return nics().stream().map(nic -> nic.address().toInetAddress()).toList();
  }

  /** Calls {@code listener} whenever a real interface has come or gone. */
  public void onInterfaces(Runnable listener) {
    interfaceListeners.add(listener);
  }

  /** Takes the host off a segment (of all of them when empty); its address there is gone. */
  public void leave(String segment) {
    List<Nic> going =
        nics().stream()
            .filter(nic -> segment.isEmpty() || nic.link() == fabric.link(segment))
            .toList();
    going.forEach(this::detach);
    if (!going.isEmpty()) {
      List.copyOf(interfaceListeners).forEach(Runnable::run);
    }
  }

  /**
   * Puts the host on a segment.
   *
   * @throws IllegalArgumentException when there is no such segment, the address is not of it, or
   *     somebody has it
   */
  public void join(String segment, Ipv4Address address) {
    Link link = fabric.link(segment);
    if (!link.network().contains(address)) {
      throw new IllegalArgumentException(
          "the address " + address + " is outside " + link.network() + " of segment " + segment);
    }
    if (link.hasMember(address)) {
      throw new IllegalArgumentException("somebody on " + segment + " has " + address + " already");
    }
    attach(link, address);
    List.copyOf(interfaceListeners).forEach(Runnable::run);
  }

  HostRoutes hostRoutes() {
    return routes;
  }

  /** Packets for {@code network} keep clear of tunnels. */
  public void routePastTunnels(Ipv4Network network) {
    routes.add(network, HostRoutes.Way.PHYSICAL);
  }

  public void unroutePastTunnels(Ipv4Network network) {
    routes.remove(network, HostRoutes.Way.PHYSICAL);
  }

  /** Whether the host passes packets on that are for others. */
  public void forward(boolean value) {
    forwarding = value;
  }

  /**
   * Answers for an address on the segments that it belongs to, so that packets for it come here
   * (proxy ARP, RFC 1027).
   *
   * @return whether there is such a segment
   */
  public boolean answerFor(Ipv4Address address) {
    boolean answers = false;
    for (Nic nic : nics()) {
      if (nic.link().network().contains(address)) {
        nic.link().proxy(nic, address);
        answers = true;
      }
    }
    return answers;
  }

  public void stopAnsweringFor(Ipv4Address address) {
    nics().forEach(nic -> nic.link().stopProxying(nic, address));
  }

  /** Calls {@code listener} when somebody else claims an address of this host's. */
  public void onAddressConflict(Consumer<AddressConflict> listener) {
    conflictListeners.add(listener);
  }

  void claimed(Ipv4Address address, Octets hardware) {
    if (super.owns(address)) {
      AddressConflict conflict = new AddressConflict(address.toInetAddress(), hardware);
      conflictListeners.forEach(listener -> listener.accept(conflict));
    }
  }

  /**
   * The routing table, a line for a route: {@code 10.0.0.0/24 on-link 10.0.0.2} with the address of
   * the interface, {@code 10.8.0.0/24 via 10.0.0.1}, or {@code 10.8.0.7/32 tunnel Internal} with
   * the name of the interface.
   */
  public List<String> routeTable() {
    List<String> lines = new ArrayList<>(routes.describe());
    lines.addAll(fabric.routes().describe(this));
    return lines;
  }

  /** Whether it passes on packets that are for others. */
  public boolean forwards() {
    return forwarding;
  }

  @Override
  List<StaticRoute> staticRoutes() {
    return staticRoutes;
  }

  @Override
  boolean owns(Ipv4Address address) {
    return super.owns(address)
        || tunnels.stream().anyMatch(tunnel -> tunnel.address().equals(address));
  }

  /** Whether a closed port keeps silent. */
  boolean isStealthy() {
    return host.stealth() && filter.isOn();
  }

  /** The address that packets to {@code destination} bear when their sender does not care. */
  public Optional<Ipv4Address> sourceFor(Ipv4Address destination) {
    return owns(destination)
        ? Optional.of(destination)
        : exit(destination)
            .map(Exit::address)
            .or(() -> nics().stream().map(Nic::address).findFirst());
  }

  private Optional<Exit> exit(Ipv4Address destination) {
    int onLink =
        nics().stream()
            .map(nic -> nic.link().network())
            .filter(network -> network.contains(destination))
            .mapToInt(Ipv4Network::length)
            .max()
            .orElse(-1);
    Optional<Exit> tunnel = routes.tunnelFor(destination, onLink).map(Exit.Tunnel::new);
    return tunnel.or(() -> fabric.routes().route(this, destination).map(Exit.Segment::new));
  }

  /**
   * Takes the packets of an IP protocol.
   *
   * @throws BindException when another has them
   */
  void handle(IpProtocol protocol, ProtocolHandler handler) throws BindException {
    if (handlers.putIfAbsent(protocol, handler) != null) {
      throw new BindException("IP protocol " + protocol + " on " + name() + " is in use");
    }
  }

  void unhandle(IpProtocol protocol, ProtocolHandler handler) {
    handlers.remove(protocol, handler);
  }

  // --- sending

  void send(
      IpProtocol protocol,
      Ipv4Address source,
      Ipv4Address destination,
      Octets payload,
      boolean dontFragment) {
    lastIdentification = lastIdentification + 1 & 0xffff;
    send(
        Ipv4Packet.of(lastIdentification, protocol, source, destination, payload)
            .withDontFragment(dontFragment));
  }

  private void send(Ipv4Packet packet) {
    if (!owns(packet.source())) {
      fabric.dropped(name(), Drop.Reason.NO_SUCH_SOURCE, "", packet);
      return;
    }
    if (owns(packet.destination())) {
      fabric.after(Duration.ZERO, () -> deliver(packet));
      return;
    }
    Optional<Exit> exit =
        packet.destination().isLimitedBroadcast()
            ? broadcast(packet.source())
            : exit(packet.destination());
    if (exit.isEmpty()) {
      fabric.dropped(name(), Drop.Reason.NO_ROUTE, "", packet);
      failLocally(packet, IcmpKind.NETWORK_UNREACHABLE, 0);
      return;
    }
    Optional<FirewallRule> stop =
        filter.stopping(fabric.nanos(), FirewallRule.Direction.OUT, packet);
    if (stop.isPresent()) {
      fabric.dropped(name(), Drop.Reason.FIREWALL_OUT, stop.get().name(), packet);
      if (stop.get().action() == Action.REJECT) {
        failLocally(packet, IcmpKind.ADMINISTRATIVELY_PROHIBITED, 0);
      }
      return;
    }
    emit(exit.get(), packet);
  }

  /** A broadcast leaves by the interface that has its source address. */
  private Optional<Exit> broadcast(Ipv4Address source) {
    return nics().stream()
        .filter(nic -> nic.address().equals(source))
        .findFirst()
        .map(Exit.Broadcast::new);
  }

  private void emit(Exit exit, Ipv4Packet packet) {
    if (packet.size() > exit.mtu() && packet.dontFragment()) {
      fabric.dropped(name(), Drop.Reason.TOO_LARGE, "", packet);
      failLocally(packet, IcmpKind.FRAGMENTATION_NEEDED, exit.mtu());
      return;
    }
    for (Ipv4Packet fragment : Fragmentation.fragments(packet, exit.mtu())) {
      Optional<FirewallRule> stop = filter.stoppingFragment(FirewallRule.Direction.OUT, fragment);
      if (stop.isPresent()) {
        fabric.dropped(name(), Drop.Reason.FIREWALL_OUT, stop.get().name(), fragment);
        continue;
      }
      tap(exit.tunnel(), Direction.SENT, fragment);
      exit.carry(fragment, kind -> failLocally(fragment, kind, 0));
    }
  }

  // --- receiving

  @Override
  void receive(Nic nic, Ipv4Packet packet) {
    if (!nics().contains(nic)) {
      fabric.dropped(name(), Drop.Reason.INTERFACE_GONE, "", packet);
      return;
    }
    tap("", Direction.RECEIVED, packet);
    take(packet, nic.address());
  }

  void receiveThrough(TunnelInterface tunnel, Ipv4Packet packet) {
    tap(tunnel.name(), Direction.RECEIVED, packet);
    if (tunnel.admits(packet)) {
      take(packet, tunnel.address());
    } else {
      fabric.dropped(name(), Drop.Reason.FIREWALL_FORWARD, tunnel.name(), packet);
    }
  }

  private void take(Ipv4Packet packet, Ipv4Address at) {
    if (!owns(packet.destination()) && !packet.destination().isLimitedBroadcast()) {
      pass(packet, at);
      return;
    }
    Optional<FirewallRule> stop =
        packet.isFragment()
            ? filter.stoppingFragment(FirewallRule.Direction.IN, packet)
            : Optional.empty();
    if (stop.isPresent()) {
      stopped(packet, stop.get());
      return;
    }
    reassembly.add(fabric.nanos(), packet).ifPresent(whole -> admit(whole, at));
  }

  /** Forwards a packet as a router does (RFC 1812 section 5.2). */
  private void pass(Ipv4Packet packet, Ipv4Address at) {
    if (!forwarding) {
      fabric.dropped(name(), Drop.Reason.NOT_FORWARDED, "", packet);
      return;
    }
    if (packet.timeToLive() <= 1) {
      fabric.dropped(name(), Drop.Reason.TIME_TO_LIVE, "", packet);
      report(at, IcmpMessage.error(IcmpKind.TIME_TO_LIVE_EXCEEDED, packet), packet);
      return;
    }
    Optional<Exit> exit = exit(packet.destination());
    if (exit.isEmpty()) {
      fabric.dropped(name(), Drop.Reason.NO_ROUTE, "", packet);
      report(at, IcmpMessage.error(IcmpKind.NETWORK_UNREACHABLE, packet), packet);
      return;
    }
    if (packet.size() > exit.get().mtu() && packet.dontFragment()) {
      fabric.dropped(name(), Drop.Reason.TOO_LARGE, "", packet);
      report(at, IcmpMessage.fragmentationNeeded(packet, exit.get().mtu()), packet);
      return;
    }
    Ipv4Packet outgoing = packet.withTimeToLive(packet.timeToLive() - 1);
    for (Ipv4Packet fragment : Fragmentation.fragments(outgoing, exit.get().mtu())) {
      tap(exit.get().tunnel(), Direction.SENT, fragment);
      exit.get().carry(fragment, kind -> report(at, IcmpMessage.error(kind, packet), packet));
    }
  }

  private void admit(Ipv4Packet packet, Ipv4Address at) {
    Optional<FirewallRule> stop =
        filter.stopping(fabric.nanos(), FirewallRule.Direction.IN, packet);
    if (stop.isPresent()) {
      stopped(packet, stop.get());
    } else if (packet.destination().isLimitedBroadcast()) {
      udp.broadcast(at, packet);
    } else {
      deliver(packet);
    }
  }

  private void stopped(Ipv4Packet packet, FirewallRule rule) {
    fabric.dropped(name(), Drop.Reason.FIREWALL_IN, rule.name(), packet);
    if (rule.action() == Action.REJECT) {
      report(IcmpKind.ADMINISTRATIVELY_PROHIBITED, packet);
    }
  }

  private void deliver(Ipv4Packet packet) {
    if (packet.protocol().equals(IpProtocol.ICMP)) {
      deliverIcmp(packet);
      return;
    }
    ProtocolHandler handler = handlers.get(packet.protocol());
    if (handler != null) {
      handler.received(packet);
    } else {
      fabric.dropped(name(), Drop.Reason.NO_LISTENER, "", packet);
      reportUnlessStealthy(IcmpKind.PROTOCOL_UNREACHABLE, packet);
    }
  }

  private void deliverIcmp(Ipv4Packet packet) {
    try {
      IcmpMessage message = IcmpMessage.decode(packet.payload());
      if (message.kind().equals(IcmpKind.ECHO_REQUEST)) {
        send(
            IpProtocol.ICMP,
            packet.destination(),
            packet.source(),
            message.echoReply().encode(),
            false);
      } else if (message.kind().equals(IcmpKind.ECHO_REPLY)) {
        echoes.replied(packet, message);
      } else if (message.kind().isError()) {
        failed(message.quoted(), message.kind(), packet.source(), message.nextHopMtu());
      }
    } catch (MalformedMessageException e) {
      fabric.dropped(name(), Drop.Reason.MALFORMED, "", packet);
    }
    ProtocolHandler handler = handlers.get(IpProtocol.ICMP);
    if (handler != null) {
      handler.received(packet);
    }
  }

  // --- errors

  /** For the sender of {@code packet}: it did not reach what it was meant for on this host. */
  void reportUnlessStealthy(IcmpKind kind, Ipv4Packet packet) {
    if (!isStealthy()) {
      report(kind, packet);
    }
  }

  private void report(IcmpKind kind, Ipv4Packet packet) {
    report(packet.destination(), IcmpMessage.error(kind, packet), packet);
  }

  private void report(Ipv4Address from, IcmpMessage message, Ipv4Packet about) {
    if (IcmpErrors.mayReportOn(about)) {
      send(IpProtocol.ICMP, from, about.source(), message.encode(), false);
    }
  }

  /** Tells the sending channel later, never from within its own write. */
  private void failLocally(Ipv4Packet packet, IcmpKind kind, int nextHopMtu) {
    if (packet.isLaterFragment()) {
      return;
    }
    fabric.after(
        Duration.ZERO,
        () -> {
          try {
            failed(QuotedPacket.decode(packet.encode()), kind, packet.source(), nextHopMtu);
          } catch (MalformedMessageException e) {
            fabric.dropped(name(), Drop.Reason.MALFORMED, "", packet);
          }
        });
  }

  private void failed(QuotedPacket sent, IcmpKind kind, Ipv4Address reporter, int nextHopMtu) {
    if (!owns(sent.source()) || sent.isLaterFragment()) {
      return;
    }
    if (sent.protocol().equals(IpProtocol.ICMP)) {
      echoes.failed(sent, kind, reporter);
    }
    ProtocolHandler handler = handlers.get(sent.protocol());
    if (handler != null) {
      handler.failed(sent, kind, reporter, nextHopMtu);
    }
  }

  private void tap(String tunnel, Direction direction, Ipv4Packet packet) {
    fabric.captured(
        capture, new CapturedPacket(fabric.now(), name(), tunnel, direction, packet.encode()));
  }
}
