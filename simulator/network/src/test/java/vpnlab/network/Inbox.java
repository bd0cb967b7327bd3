package vpnlab.network;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import vpnlab.network.channel.Buffers;
import vpnlab.network.path.IcmpError;
import vpnlab.wire.Octets;

/** Keeps what a UDP channel received. */
class Inbox extends SimpleChannelInboundHandler<DatagramPacket> {
  record Received(InetSocketAddress from, InetSocketAddress to, Octets payload) {}

  final List<Received> datagrams = new ArrayList<>();
  final List<IcmpError> errors = new ArrayList<>();
  final List<Throwable> exceptions = new ArrayList<>();

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    datagrams.add(
        new Received(packet.sender(), packet.recipient(), Buffers.octets(packet.content())));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IcmpError error) {
      errors.add(error);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    exceptions.add(cause);
  }

  /** Sends every datagram back to where it came from. */
  static final class Echo extends Inbox {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      super.channelRead0(context, packet);
      context.writeAndFlush(
          new DatagramPacket(packet.content().copy(), packet.sender(), packet.recipient()));
    }
  }
}
