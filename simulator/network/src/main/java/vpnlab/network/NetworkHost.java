package vpnlab.network;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.path.HostNode;
import vpnlab.wire.ip.Ipv4Address;

/** A host as programs on it see it: ports to bind, timers, a clock. */
public final class NetworkHost {
  private final LabNetwork network;
  private final HostNode node;
  private final UdpTransport udp;

  NetworkHost(LabNetwork network, HostNode node, UdpTransport udp) {
    this.network = network;
    this.node = node;
    this.udp = udp;
  }

  public String name() {
    return node.name();
  }

  /** The first of its addresses. */
  public InetAddress address() {
    return addresses().get(0);
  }

  public List<InetAddress> addresses() {
    return node.addresses();
  }

  /** The address of this host from which packets to {@code remote} leave. */
  public InetAddress sourceFor(InetAddress remote) {
    return node.sourceFor(Ipv4Address.of(remote)).map(Ipv4Address::toInetAddress).orElse(address());
  }

  /** Open UDP ports, as {@code udp/10.0.0.3:1812}. */
  public List<String> listeners() {
    return node.udp().bound().stream()
        .map(bound -> "udp/" + bound.getAddress().getHostAddress() + ":" + bound.getPort())
        .toList();
  }

  /** The host's own clock, which the topology may set wrong. */
  public Clock clock() {
    return node.clock();
  }

  /** Runs the host's timers; one for the whole network. */
  public EventLoop eventLoop() {
    return network.eventLoop();
  }

  public LabNetwork network() {
    return network;
  }

  public List<CapturedPacket> captures() {
    return network.captures(name());
  }

  /**
   * Binds a UDP port on all addresses of this host. The handler sees {@code DatagramPacket}s with
   * the lab's addresses, and {@link vpnlab.network.path.IcmpError}s as user events.
   *
   * @param port 0 means any free one
   * @throws BindException when it is in use; the message names it
   */
  public UdpPort bindUdp(int port, ChannelHandler handler) throws BindException {
    return bindUdp(Ipv4Address.ANY.at(port), handler);
  }

  /**
   * Binds a UDP port on one address of this host.
   *
   * @throws BindException when it is in use or the address is not this host's
   */
  public UdpPort bindUdp(InetSocketAddress local, ChannelHandler handler) throws BindException {
    UdpTransport.Bound bound = onLoop(() -> udp.bind(node, local, handler));
    InetSocketAddress address = bound.local();
    boolean wildcard = address.getAddress().isAnyLocalAddress();
    return new UdpPort(
        wildcard ? new InetSocketAddress(address(), address.getPort()) : address, bound.channel());
  }

  private interface Binding<T> {
    T bind() throws BindException;
  }

  private <T> T onLoop(Binding<T> binding) throws BindException {
    try {
      return network.call(binding::bind);
    } catch (CompletionException e) {
      if (e.getCause() instanceof BindException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
