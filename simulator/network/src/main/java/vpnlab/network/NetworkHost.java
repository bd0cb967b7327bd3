package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.channel.LabDatagramChannel;
import vpnlab.network.channel.LabRawChannel;
import vpnlab.network.channel.LabServerSocketChannel;
import vpnlab.network.channel.LabSocketChannel;
import vpnlab.network.path.AddressConflict;
import vpnlab.network.path.HostNode;
import vpnlab.network.path.RawProtocol;
import vpnlab.network.path.TunnelInterface;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Network;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * A host as programs on it see it: ports to bind, timers, a clock. TCP and raw IP run in memory on
 * either network, so on real sockets they cross the same links in real time but are seen by no real
 * socket.
 */
public final class NetworkHost {
  private final LabNetwork network;
  private final HostNode node;
  private final UdpTransport udp;
  private final OpenChannels channels;

  NetworkHost(LabNetwork network, HostNode node, UdpTransport udp, OpenChannels channels) {
    this.network = network;
    this.node = node;
    this.udp = udp;
    this.channels = channels;
  }

  public String name() {
    return node.name();
  }

  /** The first of its addresses; 0.0.0.0 while it has none. */
  public InetAddress address() {
    List<InetAddress> all = addresses();
    return all.isEmpty() ? Ipv4Address.ANY.toInetAddress() : all.get(0);
  }

  /** The addresses of its real interfaces, none of tunnels. */
  public List<InetAddress> interfaceAddresses() {
    return node.interfaceAddresses();
  }

  /** Calls {@code listener} on the network's thread whenever a real interface has come or gone. */
  public void onInterfaces(Runnable listener) {
    node.onInterfaces(listener);
  }

  /** Takes the host off all segments: cables are pulled, radio is lost. */
  public void goOffline() {
    network.call(
        () -> {
          node.leave("");
          return null;
        });
  }

  /**
   * Puts the host on a segment.
   *
   * @throws java.util.concurrent.CompletionException when there is no such segment, the address is
   *     not of it, or somebody has it
   */
  public void join(String segment, Ipv4Address address) {
    network.call(
        () -> {
          node.join(segment, address);
          return null;
        });
  }

  public List<InetAddress> addresses() {
    return node.addresses();
  }

  /** Its address on a segment; empty when it has no interface there. */
  public Optional<InetAddress> addressOn(String segment) {
    return node.addressOn(segment).map(Ipv4Address::toInetAddress);
  }

  /** The hardware address of the interface with this address: locally administered, 6 octets. */
  public Octets hardwareAddress(InetAddress local) {
    return Octets.concat(Octets.ofHex("0200"), Ipv4Address.of(local).octets());
  }

  /** The address of this host from which packets to {@code remote} leave. */
  public InetAddress sourceFor(InetAddress remote) {
    return node.sourceFor(Ipv4Address.of(remote)).map(Ipv4Address::toInetAddress).orElse(address());
  }

  /** Open ports, as {@code udp/10.0.0.3:1812} and {@code tcp/0.0.0.0:389}. */
  public List<String> listeners() {
    return Stream.concat(
            node.udp().bound().stream().map(bound -> listener("udp/", bound)),
            node.tcp().bound().stream().map(bound -> listener("tcp/", bound)))
        .toList();
  }

  private static String listener(String protocol, InetSocketAddress bound) {
    return protocol + bound.getAddress().getHostAddress() + ":" + bound.getPort();
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

  /**
   * Listens on a TCP port on all addresses of this host.
   *
   * @param port 0 means any free one
   * @param child for each accepted connection; shared, such as a {@code ChannelInitializer}
   * @throws BindException when it is in use; the message names it
   */
  public Channel listenTcp(int port, ChannelHandler child) throws BindException {
    return onLoop(
        () ->
            channels.bind(
                new LabServerSocketChannel(node),
                Ipv4Address.ANY.at(port),
                new Acceptor(channels, child)));
  }

  /**
   * Connects by TCP.
   *
   * @return fails with {@code ConnectException} when refused or prohibited, {@code
   *     NoRouteToHostException}, or {@code ConnectTimeoutException}
   */
  public ChannelFuture connectTcp(InetSocketAddress remote, ChannelHandler handler) {
    return network.call(
        () -> channels.register(new LabSocketChannel(node), handler).connect(remote));
  }

  /**
   * Takes the packets of an IP protocol without ports. The handler sees {@code DatagramPacket}s
   * with port 0 and the IP payload.
   *
   * @throws BindException when the protocol has a user on this host already
   */
  public Channel bindRaw(IpProtocol protocol, ChannelHandler handler) throws BindException {
    return onLoop(
        () -> channels.bind(new LabRawChannel(node, protocol), Ipv4Address.ANY.at(0), handler));
  }

  /**
   * Takes the packets of an IP protocol without ports, without a channel.
   *
   * @param listener hears on the network's thread
   * @throws BindException when the protocol has a user on this host already
   */
  public RawProtocol raw(IpProtocol protocol, RawProtocol.Listener listener) throws BindException {
    return onLoop(() -> new RawProtocol(node, protocol, listener));
  }

  /** In-memory UDP channels for a bootstrap on {@link #eventLoop}. */
  public ChannelFactory<DatagramChannel> datagramChannels() {
    return () -> new LabDatagramChannel(node);
  }

  /** TCP channels for a bootstrap on {@link #eventLoop}. */
  public ChannelFactory<SocketChannel> socketChannels() {
    return () -> new LabSocketChannel(node);
  }

  /** Listening TCP channels for a bootstrap on {@link #eventLoop}. */
  public ChannelFactory<ServerSocketChannel> serverSocketChannels() {
    return () -> new LabServerSocketChannel(node);
  }

  /**
   * Adds a tunnel interface, without any route.
   *
   * @param name under which captures show its packets
   * @param address may be one that the host has already
   * @param mtu octets
   * @param program takes what the host sends through, on the network's thread
   */
  public TunnelInterface openTunnel(
      String name, InetAddress address, int mtu, Consumer<Ipv4Packet> program) {
    return network.call(() -> node.openTunnel(name, Ipv4Address.of(address), mtu, program));
  }

  /** Packets for that address keep clear of tunnels, as those that make up a tunnel must. */
  public void routePastTunnels(InetAddress address) {
    node.routePastTunnels(Ipv4Network.of(Ipv4Address.of(address)));
  }

  public void unroutePastTunnels(InetAddress address) {
    node.unroutePastTunnels(Ipv4Network.of(Ipv4Address.of(address)));
  }

  /** Whether the host passes packets on that are for others; at first it does not. */
  public void forward(boolean value) {
    node.forward(value);
  }

  /**
   * Answers for a neighbour's address on the segments that it belongs to (proxy ARP, RFC 1027).
   *
   * @return whether it does now on any segment; not where somebody has the address already
   */
  public boolean answerFor(InetAddress address) {
    return node.answerFor(Ipv4Address.of(address));
  }

  /**
   * Calls {@code listener}, on the network's thread, when another claims an address of this one.
   */
  public void onAddressConflict(Consumer<AddressConflict> listener) {
    node.onAddressConflict(listener);
  }

  /** The routing table, a line for a route; see {@link HostNode#routeTable}. */
  public List<String> routeTable() {
    return network.call(node::routeTable);
  }

  /** Whether it passes on packets that are for others. */
  public boolean forwards() {
    return network.call(node::forwards);
  }

  public void stopAnsweringFor(InetAddress address) {
    node.stopAnsweringFor(Ipv4Address.of(address));
  }

  /** Sends ICMP echo requests; the future never fails. */
  public Future<PingReport> ping(InetAddress target, PingSettings settings) {
    return network.call(() -> Ping.start(this, node, target, settings));
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
