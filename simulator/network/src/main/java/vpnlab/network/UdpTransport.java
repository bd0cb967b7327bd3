package vpnlab.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import vpnlab.network.path.HostNode;

/** How a network opens a UDP port for a host: in memory, or on a real socket. */
@FunctionalInterface
interface UdpTransport {
  /**
   * A channel whose pipeline sees the lab's addresses, and the lab's address that it is bound to.
   */
  record Bound(InetSocketAddress local, Channel channel) {}

  Bound bind(HostNode host, InetSocketAddress local, ChannelHandler handler) throws BindException;
}
