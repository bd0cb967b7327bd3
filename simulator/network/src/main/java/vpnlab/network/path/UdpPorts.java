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
import vpnlab.wire.ip.UdpDatagram;

/** A host's UDP (RFC 768, RFC 1122 section 4.1): who is bound to which port. */
public final class UdpPorts implements ProtocolHandler {
  private static final int FIRST_EPHEMERAL = 49_152;

  /** Whoever is bound to a port. */
  public interface Listener {
    void received(InetSocketAddress local, InetSocketAddress remote, Octets payload);

    void failed(IcmpError error);
  }

  private record Binding(Ipv4Address address, int port) {}

  private final HostNode host;
  private final Map<Binding, Listener> listeners = new HashMap<>();
  private int nextEphemeral = FIRST_EPHEMERAL;

  UdpPorts(HostNode host) {
    this.host = host;
  }

  /**
   * Binds a listener to an address and port of this host.
   *
   * @param local the wildcard address means all, port 0 any free one
   * @return the address as given, and the port
   * @throws BindException when the port is taken or the address is not this host's; says which
   */
  public InetSocketAddress bind(InetSocketAddress local, Listener listener) throws BindException {
    Ipv4Address address = Ipv4Address.of(local);
    if (!address.isAny() && !host.owns(address)) {
      throw new BindException(host.name() + " has no address " + address);
    }
    int port = local.getPort() == 0 ? freePort(address) : local.getPort();
    if (isTaken(address, port)) {
      throw new BindException(
          "UDP port " + port + " of " + address + " on " + host.name() + " is in use");
    }
    listeners.put(new Binding(address, port), listener);
    return address.at(port);
  }

  /** What is bound, in the order of ports. */
  public List<InetSocketAddress> bound() {
    return listeners.keySet().stream()
        .map(binding -> binding.address().at(binding.port()))
        .sorted(Comparator.comparingInt(InetSocketAddress::getPort))
        .toList();
  }

  public void unbind(InetSocketAddress local, Listener listener) {
    listeners.remove(new Binding(Ipv4Address.of(local), local.getPort()), listener);
  }

  /**
   * Sends a datagram.
   *
   * @param source the wildcard lets the route decide; from another address that is not this host's
   *     nothing can be sent
   * @throws IllegalArgumentException when the payload is too large for a datagram
   */
  public void send(InetSocketAddress source, InetSocketAddress destination, Octets payload) {
    if (payload.size() > UdpDatagram.MAX_PAYLOAD_SIZE) {
      throw new IllegalArgumentException(
          "a UDP payload of "
              + payload.size()
              + " octets; "
              + UdpDatagram.MAX_PAYLOAD_SIZE
              + " fit");
    }
    Ipv4Address to = Ipv4Address.of(destination);
    Ipv4Address from = concrete(Ipv4Address.of(source), to);
    UdpDatagram datagram =
        UdpDatagram.of(from, source.getPort(), to, destination.getPort(), payload);
    host.send(IpProtocol.UDP, from, to, datagram.encode(), false);
  }

  @Override
  public void received(Ipv4Packet packet) {
    UdpDatagram datagram;
    try {
      datagram = UdpDatagram.decode(packet.payload());
    } catch (MalformedMessageException e) {
      host.fabric.dropped(host.name(), Drop.Reason.MALFORMED, "", packet);
      return;
    }
    if (!datagram.isIntact(packet.source(), packet.destination())) {
      host.fabric.dropped(host.name(), Drop.Reason.MALFORMED, "", packet);
      return;
    }
    Optional<Listener> listener = find(packet.destination(), datagram.destinationPort());
    if (listener.isPresent()) {
      listener
          .get()
          .received(
              packet.destination().at(datagram.destinationPort()),
              packet.source().at(datagram.sourcePort()),
              datagram.payload());
    } else {
      host.fabric.dropped(host.name(), Drop.Reason.NO_LISTENER, "", packet);
      host.reportUnlessStealthy(IcmpKind.PORT_UNREACHABLE, packet);
    }
  }

  /**
   * A datagram for everybody on a segment has come in. When nobody listens it is nobody's concern:
   * RFC 1122 section 3.2.2 wants no ICMP error.
   *
   * @param near the address of the interface that it came in by; the listener is told this one
   */
  void broadcast(Ipv4Address near, Ipv4Packet packet) {
    try {
      if (!packet.protocol().equals(IpProtocol.UDP)) {
        return;
      }
      UdpDatagram datagram = UdpDatagram.decode(packet.payload());
      if (datagram.isIntact(packet.source(), packet.destination())) {
        find(near, datagram.destinationPort())
            .ifPresent(
                listener ->
                    listener.received(
                        near.at(datagram.destinationPort()),
                        packet.source().at(datagram.sourcePort()),
                        datagram.payload()));
      }
    } catch (MalformedMessageException e) {
      host.fabric.dropped(host.name(), Drop.Reason.MALFORMED, "", packet);
    }
  }

  @Override
  public void failed(QuotedPacket sent, IcmpKind kind, Ipv4Address reporter, int nextHopMtu) {
    find(sent.source(), sent.sourcePort())
        .ifPresent(
            listener ->
                listener.failed(
                    new IcmpError(
                        kind,
                        sent.destination().at(sent.destinationPort()),
                        reporter.toInetAddress())));
  }

  private Ipv4Address concrete(Ipv4Address source, Ipv4Address destination) {
    return source.isAny() ? host.sourceFor(destination).orElse(source) : source;
  }

  private Optional<Listener> find(Ipv4Address address, int port) {
    return Optional.ofNullable(listeners.get(new Binding(address, port)))
        .or(() -> Optional.ofNullable(listeners.get(new Binding(Ipv4Address.ANY, port))));
  }

  private boolean isTaken(Ipv4Address address, int port) {
    return listeners.keySet().stream()
        .anyMatch(
            taken ->
                taken.port() == port
                    && (taken.address().equals(address)
                        || taken.address().isAny()
                        || address.isAny()));
  }

  private int freePort(Ipv4Address address) throws BindException {
    for (int tries = FIRST_EPHEMERAL; tries <= 65_535; tries++) {
      int port = nextEphemeral;
      nextEphemeral = port == 65_535 ? FIRST_EPHEMERAL : port + 1;
      if (!isTaken(address, port)) {
        return port;
      }
    }
    throw new BindException("no free UDP port on " + host.name());
  }
}
