package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
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
  private Channel channel;
  private Octets lastSent = Octets.EMPTY;

  GatewayHandler(OutsideNode outside, InetSocketAddress lab) {
    this.outside = outside;
    this.lab = lab;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    InetSocketAddress peer = packet.sender();
    if (!(peer.getAddress() instanceof Inet4Address)
        || !outside.enter(lab, peer, Buffers.octets(packet.content()))) {
      LOG.warn("a datagram from {} cannot enter the lab: its address is IPv6 or the lab's", peer);
    }
  }

  @Override
  public void leave(InetSocketAddress from, InetSocketAddress peer, Octets payload) {
    lastSent = payload;
    channel
        .writeAndFlush(new DatagramPacket(Buffers.of(payload), peer))
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
      outside.refused(lab, peer, lastSent);
    }
    LOG.debug("on the gateway at {}", channel.localAddress(), cause);
  }
}
