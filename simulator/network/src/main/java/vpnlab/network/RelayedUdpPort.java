package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import vpnlab.network.channel.Buffers;
import vpnlab.network.path.HostNode;
import vpnlab.network.path.IcmpError;
import vpnlab.network.path.UdpPorts;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A host's UDP port on a real socket. For each remote endpoint that it talks to there is a relay
 * socket which stands for that endpoint: what the host sends to the relay enters the lab's fabric,
 * and what the fabric delivers comes out of the relay. This handler, first in the port's pipeline,
 * translates between relays and the lab's addresses.
 */
final class RelayedUdpPort extends ChannelDuplexHandler implements UdpPorts.Listener {
  private static final int MAX_RELAYS = 256;

  /** Opens a socket for a relay, on the loopback address that stands for {@code remote}. */
  @FunctionalInterface
  interface Relays {
    Channel open(Ipv4Address remote, SimpleChannelInboundHandler<DatagramPacket> handler)
        throws BindException;
  }

  private record Conversation(InetSocketAddress local, InetSocketAddress remote) {}

  private final HostNode host;
  private final Relays sockets;
  private final Map<Conversation, Channel> relays = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<InetSocketAddress, Conversation> conversations = new HashMap<>();
  private InetSocketAddress local;
  private Channel channel;

  RelayedUdpPort(HostNode host, Relays sockets) {
    this.host = host;
    this.sockets = sockets;
  }

  /** Takes the lab's address. */
  InetSocketAddress bind(InetSocketAddress wanted) throws BindException {
    local = host.udp().bind(wanted, this);
    return local;
  }

  void unbind() {
    host.udp().unbind(local, this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  /** The lab's port is free at once, as it is in memory; the socket itself goes when it may. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    unbind();
    context.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    unbind();
    relays.values().forEach(Channel::close);
    relays.clear();
    conversations.clear();
    context.fireChannelInactive();
  }

  /** From a relay to the handlers: the relay's address becomes the one that it stands for. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    Conversation conversation = conversations.get(packet.sender());
    if (conversation == null) {
      packet.release(); // not from one of our relays: a stranger on this machine
      return;
    }
    context.fireChannelRead(
        new DatagramPacket(packet.content(), conversation.local(), conversation.remote()));
  }

  /** From the handlers to a relay. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    DatagramPacket packet = (DatagramPacket) message;
    InetSocketAddress source = packet.sender() == null ? local : packet.sender();
    try {
      Channel relay =
          relay(
              new Conversation(
                  new InetSocketAddress(source.getAddress(), local.getPort()), packet.recipient()));
      context.write(
          new DatagramPacket(packet.content(), (InetSocketAddress) relay.localAddress()), promise);
    } catch (BindException | IllegalArgumentException e) {
      packet.release();
      promise.setFailure(e);
    }
  }

  /** From the fabric to the host's socket. */
  @Override
  public void received(InetSocketAddress to, InetSocketAddress from, Octets payload) {
    if (!channel.isActive()) {
      return; // what arrives while the network is being closed has nobody to go to
    }
    try {
      relay(new Conversation(to, from))
          .writeAndFlush(
              new DatagramPacket(Buffers.of(payload), (InetSocketAddress) channel.localAddress()));
    } catch (BindException e) {
      channel.pipeline().fireExceptionCaught(e);
    }
  }

  @Override
  public void failed(IcmpError error) {
    channel.pipeline().fireUserEventTriggered(error);
  }

  private Channel relay(Conversation conversation) throws BindException {
    Channel known = relays.get(conversation);
    if (known != null) {
      return known;
    }
    Channel relay =
        sockets.open(Ipv4Address.of(conversation.remote()), new IntoTheFabric(conversation));
    relays.put(conversation, relay);
    conversations.put((InetSocketAddress) relay.localAddress(), conversation);
    if (relays.size() > MAX_RELAYS) {
      Conversation oldest = relays.keySet().iterator().next();
      Channel closing = relays.remove(oldest);
      conversations.remove((InetSocketAddress) closing.localAddress());
      closing.close();
    }
    return relay;
  }

  private final class IntoTheFabric extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Conversation conversation;

    IntoTheFabric(Conversation conversation) {
      this.conversation = conversation;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      if (packet.sender().equals(channel.localAddress())) {
        host.udp()
            .send(conversation.local(), conversation.remote(), Buffers.octets(packet.content()));
      }
    }
  }
}
