package vpnlab.network.channel;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannelConfig;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import vpnlab.network.path.HostNode;
import vpnlab.network.path.TcpConnection;
import vpnlab.network.path.TcpPorts;

/** A listening TCP port of a host; each message is an accepted {@link LabSocketChannel}. */
public final class LabServerSocketChannel extends InMemoryChannel implements ServerSocketChannel {
  private final ServerSocketChannelConfig config = new LabServerSocketChannelConfig(this);
  private final TcpPorts.Listener listener = this::accepted;

  public LabServerSocketChannel(HostNode host) {
    super(host, null);
  }

  private TcpConnection.Events accepted(TcpConnection connection) {
    LabSocketChannel channel = new LabSocketChannel(this, connection);
    offer(channel);
    return channel.events();
  }

  @Override
  public ServerSocketChannelConfig config() {
    return config;
  }

  @Override
  public boolean isActive() {
    return isOpen() && local != null;
  }

  @Override
  protected void doBind(SocketAddress address) throws BindException {
    local = host().tcp().listen((InetSocketAddress) address, listener);
  }

  @Override
  protected void doClose() {
    closeInbox();
    if (local != null) {
      host().tcp().unlisten(local, listener);
    }
  }

  @Override
  void discard(Object message) {
    ((LabSocketChannel) message).abort();
  }

  @Override
  void doConnect(InetSocketAddress to, InetSocketAddress from, ChannelPromise promise) {
    throw new UnsupportedOperationException("a listening port does not connect");
  }

  @Override
  protected void doDisconnect() {
    throw new UnsupportedOperationException("a listening port is not connected");
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    throw new UnsupportedOperationException("nothing can be written to a listening port");
  }
}
