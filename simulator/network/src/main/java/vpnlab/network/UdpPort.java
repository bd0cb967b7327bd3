package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import vpnlab.network.channel.Buffers;
import vpnlab.wire.Octets;

/**
 * A bound UDP port of a host. Its channel takes and gives {@link DatagramPacket}s with the lab's
 * addresses, whatever is below.
 *
 * @param local the lab's address; never the wildcard
 */
public record UdpPort(InetSocketAddress local, Channel channel) implements AutoCloseable {
  public ChannelFuture send(InetSocketAddress remote, Octets payload) {
    return send(local, remote, payload);
  }

  /**
   * Sends from one of the host's addresses.
   *
   * @param from its port is not looked at
   */
  ChannelFuture send(InetSocketAddress from, InetSocketAddress remote, Octets payload) {
    return channel.writeAndFlush(new DatagramPacket(Buffers.of(payload), remote, from));
  }

  @Override
  public void close() {
    channel.close();
  }
}
