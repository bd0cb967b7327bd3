package vpnlab.network.path;

import java.util.List;
import java.util.Optional;
import vpnlab.network.path.Translator.Translated;
import vpnlab.network.topology.DestinationNat;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.Router;
import vpnlab.network.topology.StaticRoute;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Fragmentation;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;

/** A router's forwarding (RFC 1812): time to live, route, firewall, fragmentation, ICMP errors. */
final class RouterNode extends Node {
  private final Router router;
  private final PacketFilter filter;
  private final Translator translator;
  private final List<StaticRoute> staticRoutes;
  private int lastIdentification;

  RouterNode(Fabric fabric, Router router) {
    super(fabric, router.name());
    this.router = router;
    this.filter = new PacketFilter(router.firewall());
    this.translator = new Translator(router);
    this.staticRoutes = longestFirst(router.routes());
  }

  /** Makes the router a neighbour also for public addresses that no interface of it bears. */
  void answerForPublicAddresses() {
    for (DestinationNat nat : router.destinationNat()) {
      nics().stream()
          .filter(nic -> nic.link().network().contains(nat.publicAddress()))
          .filter(nic -> !nic.link().hasMember(nat.publicAddress()))
          .findFirst()
          .ifPresent(nic -> nic.link().join(nic, nat.publicAddress()));
    }
  }

  @Override
  List<StaticRoute> staticRoutes() {
    return staticRoutes;
  }

  boolean isOn(Link link) {
    return nics().stream().anyMatch(nic -> nic.link() == link);
  }

  Ipv4Address addressOn(Link link) {
    return nics().stream()
        .filter(nic -> nic.link() == link)
        .map(Nic::address)
        .findFirst()
        .orElseThrow();
  }

  @Override
  void receive(Nic nic, Ipv4Packet packet) {
    long now = fabric.nanos();
    Optional<Translated> known = translator.known(now, packet);
    if (known.isPresent()) {
      Translated translated = known.get();
      routed(nic, packet, translated.outgoing().destination())
          .filter(route -> admits(nic, packet, translated.inner()))
          .ifPresent(route -> transmit(nic, packet, translated.outgoing(), route));
    } else if (packet.isLaterFragment() && mustFollow(nic, packet)) {
      translator.hold(now, packet);
    } else {
      begin(now, nic, packet);
    }
    for (Ipv4Packet fragment : translator.released(now, packet)) {
      receive(nic, fragment);
    }
  }

  /** A packet that belongs to no translated conversation so far. */
  private void begin(long now, Nic nic, Ipv4Packet packet) {
    Optional<Flow> flow = Flow.of(packet);
    Optional<Flow> inner = flow.map(translator::forwarded);
    Ipv4Address destination = inner.map(Flow::destination).orElse(packet.destination());
    boolean forwarded = !inner.equals(flow);
    if (owns(destination) || translator.isPublic(destination)) {
      answer(nic, packet);
      return;
    }
    Optional<Route> routed = routed(nic, packet, destination);
    if (routed.isEmpty()) {
      return;
    }
    Route route = routed.get();
    Link out = route.out().link();
    if (!forwarded && nic.link() != out && translator.hides(destination, nic.link())) {
      // Nobody outside has a route to addresses that are hidden behind a translator.
      unroutable(nic, packet);
      return;
    }
    boolean masquerade = nic.link() == out ? forwarded : translator.hides(packet.source(), out);
    if (!forwarded && !masquerade) {
      if (admits(nic, packet, packet)) {
        transmit(nic, packet, packet, route);
      }
    } else if (flow.isEmpty()) {
      fabric.dropped(name(), Drop.Reason.NO_MAPPING, "", packet);
    } else if (admits(nic, packet, Rewrite.to(inner.get(), packet))) {
      translator
          .open(now, flow.get(), inner.get(), route, masquerade)
          .ifPresentOrElse(
              session -> transmit(nic, packet, Rewrite.to(session.leaving, packet), route),
              () -> fabric.dropped(name(), Drop.Reason.NO_MAPPING, "", packet));
    }
  }

  /** Whether a later fragment would be translated, which only its first can tell how. */
  private boolean mustFollow(Nic nic, Ipv4Packet packet) {
    return owns(packet.destination())
        || translator.isPublic(packet.destination())
        || fabric
            .routes()
            .route(this, packet.destination())
            .map(route -> route.out().link())
            .filter(out -> out != nic.link() && translator.hides(packet.source(), out))
            .isPresent();
  }

  private Optional<Route> routed(Nic in, Ipv4Packet packet, Ipv4Address destination) {
    Optional<Route> route = fabric.routes().route(this, destination);
    if (route.isEmpty()) {
      unroutable(in, packet);
    }
    return route;
  }

  private void unroutable(Nic in, Ipv4Packet packet) {
    fabric.dropped(name(), Drop.Reason.NO_ROUTE, "", packet);
    report(in, IcmpMessage.error(IcmpKind.NETWORK_UNREACHABLE, packet), packet);
  }

  /**
   * Whether time to live and firewall let a packet through.
   *
   * @param received as it came in: what ICMP errors report on
   * @param inner with inner addresses on both ends: what the firewall sees
   */
  private boolean admits(Nic in, Ipv4Packet received, Ipv4Packet inner) {
    if (received.timeToLive() <= 1) {
      fabric.dropped(name(), Drop.Reason.TIME_TO_LIVE, "", received);
      report(in, IcmpMessage.error(IcmpKind.TIME_TO_LIVE_EXCEEDED, received), received);
      return false;
    }
    Optional<FirewallRule> stop =
        filter.stopping(fabric.nanos(), FirewallRule.Direction.FORWARD, inner);
    if (stop.isPresent()) {
      fabric.dropped(name(), Drop.Reason.FIREWALL_FORWARD, stop.get().name(), inner);
      if (stop.get().action() == Action.REJECT) {
        report(in, IcmpMessage.error(IcmpKind.ADMINISTRATIVELY_PROHIBITED, received), received);
      }
    }
    return stop.isEmpty();
  }

  private void transmit(Nic in, Ipv4Packet received, Ipv4Packet translated, Route route) {
    Link link = route.out().link();
    if (translated.size() > link.mtu() && translated.dontFragment()) {
      fabric.dropped(name(), Drop.Reason.TOO_LARGE, "", translated);
      report(in, IcmpMessage.fragmentationNeeded(received, link.mtu()), received);
      return;
    }
    Ipv4Packet outgoing = translated.withTimeToLive(received.timeToLive() - 1);
    for (Ipv4Packet fragment : Fragmentation.fragments(outgoing, link.mtu())) {
      link.carry(
          route.out(),
          route.nextHop(),
          fragment,
          kind -> report(in, IcmpMessage.error(kind, received), received));
    }
  }

  /** A packet for the router itself: it answers pings and nothing else. */
  private void answer(Nic nic, Ipv4Packet packet) {
    try {
      if (packet.protocol().equals(IpProtocol.ICMP) && !packet.isFragment()) {
        IcmpMessage message = IcmpMessage.decode(packet.payload());
        if (message.kind().equals(IcmpKind.ECHO_REQUEST)) {
          send(packet.destination(), packet.source(), message.echoReply().encode());
          return;
        }
      }
      fabric.dropped(name(), Drop.Reason.NO_LISTENER, "", packet);
    } catch (MalformedMessageException e) {
      fabric.dropped(name(), Drop.Reason.MALFORMED, "", packet);
    }
  }

  private void report(Nic in, IcmpMessage message, Ipv4Packet about) {
    if (router.unreachables() && IcmpErrors.mayReportOn(about)) {
      send(in.address(), about.source(), message.encode());
    }
  }

  private void send(Ipv4Address from, Ipv4Address to, Octets icmp) {
    lastIdentification = lastIdentification + 1 & 0xffff;
    Ipv4Packet packet = Ipv4Packet.of(lastIdentification, IpProtocol.ICMP, from, to, icmp);
    Optional<Route> route = fabric.routes().route(this, to);
    if (route.isEmpty()) {
      fabric.dropped(name(), Drop.Reason.NO_ROUTE, "", packet);
      return;
    }
    Link link = route.get().out().link();
    for (Ipv4Packet fragment : Fragmentation.fragments(packet, link.mtu())) {
      link.carry(route.get().out(), route.get().nextHop(), fragment, kind -> {});
    }
  }
}
