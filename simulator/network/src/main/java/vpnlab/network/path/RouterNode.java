package vpnlab.network.path;

import java.util.Optional;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.Router;
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
  private int lastIdentification;

  RouterNode(Fabric fabric, Router router) {
    super(fabric, router.name());
    this.router = router;
    this.filter = new PacketFilter(router.firewall());
  }

  void answerForPublicAddresses() {}

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
    if (owns(packet.destination())) {
      answer(nic, packet);
      return;
    }
    Optional<Route> route = fabric.routes().route(this, packet.destination());
    if (route.isEmpty()) {
      fabric.dropped(name(), Drop.Reason.NO_ROUTE, "", packet);
      report(nic, IcmpMessage.error(IcmpKind.NETWORK_UNREACHABLE, packet), packet);
      return;
    }
    forward(nic, packet, packet, packet, route.get());
  }

  /**
   * Sends a packet on.
   *
   * @param received as it came in: what ICMP errors report on
   * @param inner with inner addresses on both ends: what the firewall sees
   * @param translated as it goes out
   */
  private void forward(
      Nic in, Ipv4Packet received, Ipv4Packet inner, Ipv4Packet translated, Route route) {
    if (received.timeToLive() <= 1) {
      fabric.dropped(name(), Drop.Reason.TIME_TO_LIVE, "", received);
      report(in, IcmpMessage.error(IcmpKind.TIME_TO_LIVE_EXCEEDED, received), received);
      return;
    }
    Optional<FirewallRule> stop =
        filter.stopping(fabric.nanos(), FirewallRule.Direction.FORWARD, inner);
    if (stop.isPresent()) {
      fabric.dropped(name(), Drop.Reason.FIREWALL_FORWARD, stop.get().name(), inner);
      if (stop.get().action() == Action.REJECT) {
        report(in, IcmpMessage.error(IcmpKind.ADMINISTRATIVELY_PROHIBITED, received), received);
      }
      return;
    }
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
