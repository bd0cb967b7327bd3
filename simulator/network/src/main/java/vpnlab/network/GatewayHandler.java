package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.network.channel.Buffers;
import vpnlab.network.path.OutsideNode;
import vpnlab.wire.Octets;

/** Passes datagrams between a real socket and the lab's side of it. */
final class GatewayHandler extends SimpleChannelInboundHandler<DatagramPacket>
    implements OutsideNode.Door {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayHandler.class);

  private final OutsideNode outside;
  private final InetSocketAddress lab;
  private final Optional<Alias> alias;
  private Channel channel;
  private Octets lastSent = Octets.EMPTY;

  /**
   * How the lab knows a real peer.
   *
   * @param known its address and port in the lab
   * @param real where it really is
   */
  record Alias(InetSocketAddress known, InetSocketAddress real) {}

  /**
   * @param alias of the one peer behind a connected socket; empty where peers keep their addresses
   */
  GatewayHandler(OutsideNode outside, InetSocketAddress lab, Optional<Alias> alias) {
    this.outside = outside;
    this.lab = lab;
    this.alias = alias;
  }

  private InetSocketAddress known(InetSocketAddress peer) {
    return alias.map(Alias::known).orElse(peer);
  }

  private InetSocketAddress real(InetSocketAddress peer) {
    return alias.map(Alias::real).orElse(peer);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    InetSocketAddress peer = packet.sender();
    if (!(peer.getAddress() instanceof Inet4Address)
        || !outside.enter(lab, known(peer), Buffers.octets(packet.content()))) {
      LOG.warn("a datagram from {} cannot enter the lab: its address is IPv6 or the lab's", peer);
    }
  }

  @Override
  public void leave(InetSocketAddress from, InetSocketAddress peer, Octets payload) {
    lastSent = payload;
    channel
        .writeAndFlush(new DatagramPacket(Buffers.of(payload), real(peer)))
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                LOG.warn("cannot send from {} to {}", channel.localAddress(), peer, sent.cause());
              }
            });
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    outside.close(lab, this);
    context.fireChannelInactive();
  }

  /**
   * A connected socket reports that nothing listens at its peer. On others a peer that went away
   * makes the kernel report errors too; that is no fault of ours.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof PortUnreachableException
        && context.channel().remoteAddress() instanceof InetSocketAddress peer) {
      outside.refused(lab, known(peer), lastSent);
    }
    LOG.debug("on the gateway at {}", channel.localAddress(), cause);
  }
}
