package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Puts accepted connections to work. */
final class Acceptor extends ChannelInboundHandlerAdapter {
  private final OpenChannels channels;
  private final ChannelHandler child;

  Acceptor(OpenChannels channels, ChannelHandler child) {
    this.channels = channels;
    this.child = child;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    channels.register((Channel) accepted, child);
  }
}
