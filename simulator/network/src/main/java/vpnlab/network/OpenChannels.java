package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A network's channels, so that none outlives it. Used on the network's thread only. */
final class OpenChannels {
  private final EventLoop loop;
  private final Set<Channel> channels = new LinkedHashSet<>();

  OpenChannels(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * Registers and binds a channel, which on its own loop's thread is done at once.
   *
   * @throws BindException when the address cannot be had; the message names it
   */
  <C extends Channel> C bind(C channel, SocketAddress local, ChannelHandler handler)
      throws BindException {
    register(channel, handler);
    ChannelFuture bound = channel.bind(local);
    if (!bound.isDone()) {
      channel.close();
      throw new IllegalStateException("binding " + local + " would block");
    }
    if (bound.cause() != null) {
      channel.close();
      throw refusal(local, bound.cause());
    }
    return channel;
  }

  <C extends Channel> C register(C channel, ChannelHandler handler) {
    channel.pipeline().addLast(handler);
    ChannelFuture registered = loop.register(channel);
    if (registered.cause() != null) {
      throw new IllegalStateException("cannot register " + channel, registered.cause());
    }
    channels.add(channel);
    channel.closeFuture().addListener(closed -> channels.remove(channel));
    return channel;
  }

  void closeAll() {
    for (Channel channel : List.copyOf(channels)) {
      channel.close();
    }
  }

  private static BindException refusal(SocketAddress local, Throwable cause) {
    String detail = cause instanceof IOException ? cause.getMessage() : cause.toString();
    BindException refused = new BindException("cannot bind " + shown(local) + ": " + detail);
    refused.initCause(cause);
    return refused;
  }

  private static String shown(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet.getHostString() + ":" + inet.getPort()
        : address.toString();
  }
}
