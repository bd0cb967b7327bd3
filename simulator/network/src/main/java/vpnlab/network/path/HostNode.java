package vpnlab.network.path;

import java.net.BindException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.evidence.CapturedPacket;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.Host;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Fragmentation;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;
import vpnlab.wire.ip.Reassembly;

/** A host's IP layer: firewall, capture, fragments, ICMP, and the protocols above it. */
public final class HostNode extends Node {
  private final Host host;
  private final PacketFilter filter;
  private final Capture capture;
  private final Reassembly reassembly = new Reassembly();
  private final Map<IpProtocol, ProtocolHandler> handlers = new HashMap<>();
  private final UdpPorts udp;
  private final TcpPorts tcp;
  private final Clock clock;
  private int lastIdentification;

  HostNode(Fabric fabric, Host host) {
    super(fabric, host.name());
    this.host = host;
    this.filter = new PacketFilter(host.firewall());
    this.capture = new Capture(fabric.settings().captureLimit());
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

  /** The host's own clock, which may be wrong. */
  public Clock clock() {
    return clock;
  }

  public List<InetAddress> addresses() {
    return nics().stream().map(nic -> nic.address().toInetAddress()).toList();
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

  /** Whether a closed port keeps silent. */
  boolean isStealthy() {
    return host.stealth() && filter.isOn();
  }

  /** The address that packets to {@code destination} bear when their sender does not care. */
  public Optional<Ipv4Address> sourceFor(Ipv4Address destination) {
    return owns(destination)
        ? Optional.of(destination)
        : fabric
            .routes()
            .route(this, destination)
            .map(route -> route.out().address())
            .or(() -> nics().stream().map(Nic::address).findFirst());
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
    if (owns(packet.destination())) {
      fabric.after(Duration.ZERO, () -> deliver(packet));
      return;
    }
    Optional<Route> route = route(packet);
    if (route.isEmpty()) {
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
    emit(route.get(), packet);
  }

  /** A broadcast leaves by the interface that has its source address. */
  private Optional<Route> route(Ipv4Packet packet) {
    Ipv4Address to = packet.destination();
    return to.isLimitedBroadcast()
        ? nics().stream()
            .filter(nic -> nic.address().equals(packet.source()))
            .findFirst()
            .map(nic -> new Route(nic, to))
        : fabric.routes().route(this, to);
  }

  private void emit(Route route, Ipv4Packet packet) {
    Link link = route.out().link();
    if (packet.size() > link.mtu() && packet.dontFragment()) {
      fabric.dropped(name(), Drop.Reason.TOO_LARGE, "", packet);
      failLocally(packet, IcmpKind.FRAGMENTATION_NEEDED, link.mtu());
      return;
    }
    for (Ipv4Packet fragment : Fragmentation.fragments(packet, link.mtu())) {
      Optional<FirewallRule> stop = filter.stoppingFragment(FirewallRule.Direction.OUT, fragment);
      if (stop.isPresent()) {
        fabric.dropped(name(), Drop.Reason.FIREWALL_OUT, stop.get().name(), fragment);
        continue;
      }
      tap(Direction.SENT, fragment);
      if (route.nextHop().isLimitedBroadcast()) {
        link.broadcast(route.out(), fragment);
        continue;
      }
      link.carry(route.out(), route.nextHop(), fragment, kind -> failLocally(fragment, kind, 0));
    }
  }

  @Override
  void receive(Nic nic, Ipv4Packet packet) {
    tap(Direction.RECEIVED, packet);
    Optional<FirewallRule> stop =
        packet.isFragment()
            ? filter.stoppingFragment(FirewallRule.Direction.IN, packet)
            : Optional.empty();
    if (stop.isPresent()) {
      stopped(packet, stop.get());
      return;
    }
    reassembly.add(fabric.nanos(), packet).ifPresent(whole -> admit(nic, whole));
  }

  private void admit(Nic nic, Ipv4Packet packet) {
    Optional<FirewallRule> stop =
        filter.stopping(fabric.nanos(), FirewallRule.Direction.IN, packet);
    if (stop.isPresent()) {
      stopped(packet, stop.get());
    } else if (packet.destination().isLimitedBroadcast()) {
      udp.broadcast(nic.address(), packet);
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

  /** For the sender of {@code packet}: it did not reach what it was meant for on this host. */
  void reportUnlessStealthy(IcmpKind kind, Ipv4Packet packet) {
    if (!isStealthy()) {
      report(kind, packet);
    }
  }

  private void report(IcmpKind kind, Ipv4Packet packet) {
    if (IcmpErrors.mayReportOn(packet)) {
      Octets message = IcmpMessage.error(kind, packet).encode();
      send(IpProtocol.ICMP, packet.destination(), packet.source(), message, false);
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
    ProtocolHandler handler = handlers.get(sent.protocol());
    if (handler != null && owns(sent.source()) && !sent.isLaterFragment()) {
      handler.failed(sent, kind, reporter, nextHopMtu);
    }
  }

  private void tap(Direction direction, Ipv4Packet packet) {
    fabric.captured(capture, new CapturedPacket(fabric.now(), name(), direction, packet.encode()));
  }
}
