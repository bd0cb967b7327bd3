package vpnlab.network.path;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;
import vpnlab.wire.ip.TcpSegment;

/** A host's TCP (RFC 9293): who listens on which port, and the connections. */
public final class TcpPorts implements ProtocolHandler {
  private static final int FIRST_EPHEMERAL = 49_152;
  private static final int MAX_CONNECTIONS = 65_536;

  /** Whoever listens on a port. */
  @FunctionalInterface
  public interface Listener {
    /** A connection is established. Returns who hears about it from now on. */
    TcpConnection.Events accepted(TcpConnection connection);
  }

  private record Binding(Ipv4Address address, int port) {}

  private final HostNode host;
  private final Map<Binding, Listener> listeners = new HashMap<>();
  private final Map<Flow, TcpConnection> connections = new HashMap<>();
  private int nextEphemeral = FIRST_EPHEMERAL;

  TcpPorts(HostNode host) {
    this.host = host;
  }

  /**
   * Listens on an address and port of this host.
   *
   * @param local the wildcard address means all, port 0 any free one
   * @throws BindException when the port is taken or the address is not this host's; says which
   */
  public InetSocketAddress listen(InetSocketAddress local, Listener listener) throws BindException {
    Ipv4Address address = Ipv4Address.of(local);
    if (!address.isAny() && !host.owns(address)) {
      throw new BindException(host.name() + " has no address " + address);
    }
    int port = local.getPort() == 0 ? freePort() : local.getPort();
    boolean taken =
        listeners.keySet().stream()
            .anyMatch(
                other ->
                    other.port() == port
                        && (other.address().equals(address)
                            || other.address().isAny()
                            || address.isAny()));
    if (taken) {
      throw new BindException(
          "TCP port " + port + " of " + address + " on " + host.name() + " is in use");
    }
    listeners.put(new Binding(address, port), listener);
    return address.at(port);
  }

  /** Where this host listens. */
  public List<InetSocketAddress> bound() {
    return listeners.keySet().stream()
        .map(binding -> binding.address().at(binding.port()))
        .sorted(Comparator.comparing(InetSocketAddress::getPort))
        .toList();
  }

  public void unlisten(InetSocketAddress local, Listener listener) {
    listeners.remove(new Binding(Ipv4Address.of(local), local.getPort()), listener);
  }

  /**
   * Begins to connect.
   *
   * @param local the wildcard address lets the route decide, port 0 means any free one
   * @throws BindException when that connection exists already
   */
  public TcpConnection connect(
      InetSocketAddress local, InetSocketAddress remote, TcpConnection.Events events)
      throws BindException {
    Ipv4Address to = Ipv4Address.of(remote);
    Ipv4Address wanted = Ipv4Address.of(local);
    Ipv4Address from = host.owns(wanted) ? wanted : host.sourceFor(to).orElse(wanted);
    int port = local.getPort() == 0 ? freePort() : local.getPort();
    Flow flow = new Flow(IpProtocol.TCP, from, port, to, remote.getPort());
    if (connections.containsKey(flow)) {
      throw new BindException(
          "a connection from " + from + ":" + port + " to " + remote + " exists");
    }
    TcpConnection connection = new TcpConnection(this, flow, events);
    connections.put(flow, connection);
    connection.open();
    return connection;
  }

  @Override
  public void received(Ipv4Packet packet) {
    TcpSegment segment;
    try {
      segment = TcpSegment.decode(packet.payload());
    } catch (MalformedMessageException e) {
      host.fabric.dropped(host.name(), Drop.Reason.MALFORMED, "", packet);
      return;
    }
    if (!segment.isIntact(packet.source(), packet.destination())) {
      host.fabric.dropped(host.name(), Drop.Reason.MALFORMED, "", packet);
      return;
    }
    Flow flow =
        new Flow(
            IpProtocol.TCP,
            packet.destination(),
            segment.destinationPort(),
            packet.source(),
            segment.sourcePort());
    TcpConnection connection = connections.get(flow);
    boolean opens = segment.has(TcpSegment.SYN) && !segment.has(TcpSegment.ACK);
    if (connection != null) {
      connection.received(segment);
    } else if (!opens || !accept(flow, segment)) {
      refuse(flow, segment, packet);
    }
  }

  @Override
  public void failed(QuotedPacket sent, IcmpKind kind, Ipv4Address reporter, int nextHopMtu) {
    Flow flow =
        new Flow(
            IpProtocol.TCP,
            sent.source(),
            sent.sourcePort(),
            sent.destination(),
            sent.destinationPort());
    TcpConnection connection = connections.get(flow);
    if (connection != null) {
      connection.icmp(kind, nextHopMtu);
    }
  }

  HostNode host() {
    return host;
  }

  void transmit(Flow flow, TcpSegment segment) {
    Octets octets = segment.checksummed(flow.source(), flow.destination()).encode();
    host.send(IpProtocol.TCP, flow.source(), flow.destination(), octets, true);
  }

  void forget(Flow flow, TcpConnection connection) {
    connections.remove(flow, connection);
  }

  private boolean accept(Flow flow, TcpSegment syn) {
    Optional<Listener> listener =
        Optional.ofNullable(listeners.get(new Binding(flow.source(), flow.sourcePort())))
            .or(
                () ->
                    Optional.ofNullable(
                        listeners.get(new Binding(Ipv4Address.ANY, flow.sourcePort()))));
    if (listener.isEmpty()) {
      return false;
    }
    if (connections.size() < MAX_CONNECTIONS) {
      TcpConnection connection = new TcpConnection(this, flow, listener.get());
      connections.put(flow, connection);
      connection.accept(syn);
    }
    return true;
  }

  /** A segment for nobody is answered by a reset (RFC 9293 section 3.10.7.1), or not at all. */
  private void refuse(Flow flow, TcpSegment segment, Ipv4Packet packet) {
    if (segment.has(TcpSegment.RST)) {
      return;
    }
    host.fabric.dropped(host.name(), Drop.Reason.NO_LISTENER, "", packet);
    if (host.isStealthy()) {
      return;
    }
    boolean acknowledges = segment.has(TcpSegment.ACK);
    long end =
        segment.sequence()
            + segment.payload().size()
            + (segment.has(TcpSegment.SYN) ? 1 : 0)
            + (segment.has(TcpSegment.FIN) ? 1 : 0);
    transmit(
        flow,
        TcpSegment.of(
            flow.sourcePort(),
            flow.destinationPort(),
            acknowledges ? segment.acknowledgment() : 0,
            acknowledges ? 0 : end & 0xffffffffL,
            acknowledges ? TcpSegment.RST : TcpSegment.RST | TcpSegment.ACK,
            0,
            Octets.EMPTY,
            Octets.EMPTY));
  }

  private int freePort() throws BindException {
    for (int tries = FIRST_EPHEMERAL; tries <= 65_535; tries++) {
      int port = nextEphemeral;
      nextEphemeral = port == 65_535 ? FIRST_EPHEMERAL : port + 1;
      boolean taken =
          connections.keySet().stream().anyMatch(flow -> flow.sourcePort() == port)
              || listeners.keySet().stream().anyMatch(binding -> binding.port() == port);
      if (!taken) {
        return port;
      }
    }
    throw new BindException("no free TCP port on " + host.name());
  }
}
