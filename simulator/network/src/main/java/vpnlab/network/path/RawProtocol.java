package vpnlab.network.path;

import java.net.BindException;
import java.net.InetAddress;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;

/** A host's use of an IP protocol without ports, such as ESP or GRE. */
public final class RawProtocol implements ProtocolHandler {
  /** Whoever uses the protocol. */
  public interface Listener {
    void received(InetAddress local, InetAddress remote, Octets payload);

    void failed(IcmpError error);
  }

  private final HostNode host;
  private final IpProtocol protocol;
  private final Listener listener;

  /**
   * @throws BindException when the protocol has a user on this host already
   */
  public RawProtocol(HostNode host, IpProtocol protocol, Listener listener) throws BindException {
    this.host = host;
    this.protocol = protocol;
    this.listener = listener;
    host.handle(protocol, this);
  }

  /**
   * Sends a packet.
   *
   * @param source an address that is not this host's, such as the wildcard, lets the route decide
   */
  public void send(InetAddress source, InetAddress destination, Octets payload) {
    Ipv4Address to = Ipv4Address.of(destination);
    Ipv4Address wanted = Ipv4Address.of(source);
    Ipv4Address from = host.owns(wanted) ? wanted : host.sourceFor(to).orElse(wanted);
    host.send(protocol, from, to, payload, false);
  }

  public void close() {
    host.unhandle(protocol, this);
  }

  @Override
  public void received(Ipv4Packet packet) {
    listener.received(
        packet.destination().toInetAddress(), packet.source().toInetAddress(), packet.payload());
  }

  @Override
  public void failed(QuotedPacket sent, IcmpKind kind, Ipv4Address reporter, int nextHopMtu) {
    listener.failed(new IcmpError(kind, sent.destination().at(0), reporter.toInetAddress()));
  }
}
