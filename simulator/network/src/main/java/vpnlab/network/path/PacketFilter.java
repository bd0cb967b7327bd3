package vpnlab.network.path;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.FirewallRule.Direction;
import vpnlab.wire.ike.IkeDatagram;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * Holds packets against a {@link Firewall}'s rules and, when it is stateful, against its memory.
 */
final class PacketFilter {
  /** How long a stateful firewall waits for a reply. */
  private static final Duration MEMORY = Duration.ofMinutes(2);

  private static final int MAX_FLOWS = 65_536;

  private final Firewall firewall;
  private final Map<Flow, Long> seen = new LinkedHashMap<>();

  PacketFilter(Firewall firewall) {
    this.firewall = firewall;
  }

  boolean isOn() {
    return firewall.on();
  }

  /** The rule that stops this packet, if one does. */
  Optional<FirewallRule> stopping(long now, Direction direction, Ipv4Packet packet) {
    if (!firewall.on()) {
      return Optional.empty();
    }
    if (firewall.stateful() && direction != Direction.OUT && isReply(now, packet)) {
      return Optional.empty();
    }
    Optional<FirewallRule> decisive =
        firewall.rules().stream().filter(rule -> matches(rule, direction, packet)).findFirst();
    Optional<FirewallRule> stop = decisive.filter(rule -> rule.action() != Action.ALLOW);
    if (stop.isEmpty() && firewall.stateful() && direction != Direction.IN) {
      remember(now, packet);
    }
    return stop;
  }

  /** The rule about fragments as such that stops this one, if there is one. */
  Optional<FirewallRule> stoppingFragment(Direction direction, Ipv4Packet fragment) {
    return firewall.on()
        ? firewall.rules().stream()
            .filter(rule -> rule.fragments() && matches(rule, direction, fragment))
            .findFirst()
            .filter(rule -> rule.action() != Action.ALLOW)
        : Optional.empty();
  }

  private static boolean matches(FirewallRule rule, Direction direction, Ipv4Packet packet) {
    return rule.direction() == direction
        && rule.protocol().map(packet.protocol()::equals).orElse(true)
        && rule.source().contains(packet.source())
        && rule.destination().contains(packet.destination())
        && (!rule.fragments() || packet.isLaterFragment())
        && (!rule.espInUdp() || isEspInUdp(packet))
        && portsMatch(rule, packet);
  }

  private static boolean isEspInUdp(Ipv4Packet packet) {
    return packet.protocol().equals(IpProtocol.UDP)
        && Flow.of(packet)
            .filter(flow -> flow.sourcePort() == 4500 || flow.destinationPort() == 4500)
            .map(flow -> IkeDatagram.of(packet.payload().from(8)).kind())
            .filter(IkeDatagram.Kind.ESP::equals)
            .isPresent();
  }

  private static boolean portsMatch(FirewallRule rule, Ipv4Packet packet) {
    if (rule.sourcePorts().isAny() && rule.destinationPorts().isAny()) {
      return true;
    }
    return Flow.hasPorts(packet.protocol())
        && Flow.of(packet)
            .filter(flow -> rule.sourcePorts().contains(flow.sourcePort()))
            .filter(flow -> rule.destinationPorts().contains(flow.destinationPort()))
            .isPresent();
  }

  private boolean isReply(long now, Ipv4Packet packet) {
    Optional<Flow> original =
        Flow.of(packet).map(Flow::reversed).or(() -> Flow.ofQuoted(packet)).or(() -> part(packet));
    Long last = original.map(seen::get).orElse(null);
    boolean reply = last != null && now - last <= MEMORY.toNanos();
    if (reply && packet.moreFragments() && !packet.isLaterFragment()) {
      put(now, partOf(packet));
    }
    return reply;
  }

  private void remember(long now, Ipv4Packet packet) {
    Flow.of(packet).ifPresent(flow -> put(now, flow));
  }

  private void put(long now, Flow flow) {
    seen.remove(flow);
    seen.put(flow, now);
    if (seen.size() > MAX_FLOWS) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  private static Optional<Flow> part(Ipv4Packet packet) {
    return packet.isLaterFragment() ? Optional.of(partOf(packet)) : Optional.empty();
  }

  /** Later fragments have no ports; they are known by the identification of the first. */
  private static Flow partOf(Ipv4Packet packet) {
    return new Flow(
        packet.protocol(), packet.source(), packet.identification(), packet.destination(), -1);
  }
}
