package vpnlab.diagnosis.rule.datapath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.DhcpTraffic;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Ports;
import vpnlab.diagnosis.facts.RoutingTable;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;
import vpnlab.wire.dhcp.DhcpMessageType;
import vpnlab.wire.ip.Ipv4Address;

/** Why a client got an automatic private address (169.254.0.0/16, RFC 3927) instead of a lease. */
record DhcpFailure(Kind kind, List<Citation> citations) {
  /** What went wrong between RRAS and the DHCP server. */
  enum Kind {
    /** The evidence does not tell. */
    UNKNOWN,
    SERVICE_STOPPED,
    /** RRAS asks on a segment where no DHCP server is. */
    WRONG_ADAPTER,
    /** The server hears RRAS and has no scope for its network. */
    NO_SCOPE,
    /** The server hears RRAS and has no address left. */
    SCOPE_FULL
  }

  private static final String SERVICE = "DHCPServer";
  private static final String SERVER_EVENTS = "Microsoft-Windows-DHCP-Server";
  private static final String ACTIVITY = "DhcpServer";

  /** Whether the client's address is none of a pool or lease. */
  static boolean isAutomatic(Facts facts) {
    return facts.tunnelAddress().map(address -> address.startsWith("169.254.")).orElse(false);
  }

  /** What a rule about one kind of failure has to say. */
  static Optional<Grounds> explain(Facts facts, Kind kind, String certain, String possible) {
    if (!isAutomatic(facts)) {
      return Optional.empty();
    }
    DhcpFailure failure = of(facts);
    if (failure.kind == kind) {
      return Optional.of(Grounds.certain(certain).cite(failure.citations));
    }
    return failure.kind == Kind.UNKNOWN
        ? Optional.of(Grounds.possible(possible).cite(failure.citations))
        : Optional.empty();
  }

  private static DhcpFailure of(Facts facts) {
    List<Citation> citations = new ArrayList<>();
    facts
        .attempt()
        .established()
        .ifPresent(event -> citations.add(Cite.field(event, "TunnelIpAddress")));
    if (!facts.administrator()) {
      return new DhcpFailure(Kind.UNKNOWN, citations);
    }
    String rras = facts.vpnServer();
    lastEver(facts, rras, EventLog.REMOTE_ACCESS, 20169)
        .ifPresent(event -> citations.add(Cite.field(event, "Address")));
    List<HostFacts> servers =
        facts.hosts().stream().filter(host -> host.services().containsKey(SERVICE)).toList();
    List<HostFacts> running =
        servers.stream().filter(host -> "Running".equals(host.services().get(SERVICE))).toList();
    if (running.isEmpty()) {
      servers.forEach(host -> citations.add(Cite.host(host, "the service DHCP Server is stopped")));
      return new DhcpFailure(servers.isEmpty() ? Kind.UNKNOWN : Kind.SERVICE_STOPPED, citations);
    }
    return among(facts, running, citations);
  }

  private static DhcpFailure among(Facts facts, List<HostFacts> running, List<Citation> citations) {
    for (HostFacts server : running) {
      Optional<EventRecord> full =
          lastEver(facts, server.host(), ACTIVITY, 14)
              .or(() -> lastEver(facts, server.host(), SERVER_EVENTS, 1063));
      if (full.isPresent()) {
        citations.add(Cite.event(full.get(), "no address is left in the scope"));
        return new DhcpFailure(Kind.SCOPE_FULL, citations);
      }
      List<DhcpTraffic.Seen> heard = discovers(facts, server.host(), Direction.RECEIVED);
      if (!heard.isEmpty()) {
        boolean offered =
            facts.dhcp().at(server.host(), Direction.SENT).stream()
                .anyMatch(seen -> seen.is(DhcpMessageType.OFFER));
        citations.add(
            Cite.packet(
                heard.get(0).datagram(),
                "DHCPDISCOVER received" + (offered ? "" : ", and no DHCPOFFER sent")));
        Optional<EventRecord> drop = firewallDrop(facts, server.host());
        drop.map(
                event ->
                    Cite.event(
                        event,
                        "Direction = %s, FilterName = %s"
                            .formatted(event.data("Direction"), event.data("FilterName"))))
            .ifPresent(citations::add);
        boolean silent = !offered && drop.isEmpty();
        return new DhcpFailure(silent ? Kind.NO_SCOPE : Kind.UNKNOWN, citations);
      }
    }
    return unheard(facts, running, citations);
  }

  /** The server's own firewall keeps DHCP from it, or its answers from others. */
  private static Optional<EventRecord> firewallDrop(Facts facts, String server) {
    return facts
        .everFirewallDrop(server, "Inbound", (from, to) -> to == Ports.DHCP_SERVER)
        .or(
            () ->
                facts.everFirewallDrop(
                    server, "Outbound", (from, to) -> from == Ports.DHCP_SERVER));
  }

  /** No server heard RRAS: perhaps it asks where none is. */
  private static DhcpFailure unheard(
      Facts facts, List<HostFacts> running, List<Citation> citations) {
    List<DhcpTraffic.Seen> asked = discovers(facts, facts.vpnServer(), Direction.SENT);
    Optional<HostFacts> rras = facts.host(facts.vpnServer());
    if (asked.isEmpty() || rras.isEmpty()) {
      return new DhcpFailure(Kind.UNKNOWN, citations);
    }
    String adapter = asked.get(0).datagram().source();
    boolean together =
        RoutingTable.of(rras.get()).routes().stream()
            .filter(route -> route.kind() == RoutingTable.Kind.ON_LINK)
            .filter(route -> route.towards().equals(adapter))
            .anyMatch(
                route ->
                    running.stream()
                        .flatMap(server -> server.addresses().stream())
                        .flatMap(text -> RoutingTable.address(text).stream())
                        .anyMatch((Ipv4Address address) -> route.network().contains(address)));
    citations.add(Cite.packet(asked.get(0).datagram(), "DHCPDISCOVER sent from " + adapter));
    running.forEach(
        server ->
            citations.add(
                Cite.host(server, "DHCP server at " + String.join(", ", server.addresses()))));
    return new DhcpFailure(together ? Kind.UNKNOWN : Kind.WRONG_ADAPTER, citations);
  }

  private static List<DhcpTraffic.Seen> discovers(Facts facts, String host, Direction direction) {
    return facts.dhcp().at(host, direction).stream()
        .filter(seen -> seen.is(DhcpMessageType.DISCOVER))
        .toList();
  }

  private static Optional<EventRecord> lastEver(Facts facts, String host, String source, int id) {
    return facts.events().ever(host, source, id).stream().reduce((first, second) -> second);
  }
}
