package vpnlab.network.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.concurrent.TimeUnit;
import vpnlab.network.path.HostNode;
import vpnlab.network.path.TcpConnection;
import vpnlab.wire.Octets;

/** One end of a TCP connection between hosts of the lab. */
public final class LabSocketChannel extends InMemoryChannel implements SocketChannel {
  private static final InetSocketAddress ANY = new InetSocketAddress("0.0.0.0", 0);

  private final SocketChannelConfig config = new LabSocketChannelConfig(this);
  private final TcpConnection.Events events = new Happenings();
  private TcpConnection connection;
  private ChannelPromise connecting;
  private ScheduledFuture<?> connectTimer;
  private boolean connected;
  private boolean peerFinished;
  private boolean inputShutdown;
  private boolean outputShutdown;
  private int read;

  public LabSocketChannel(HostNode host) {
    super(host, null);
  }

  /** An accepted connection. */
  LabSocketChannel(LabServerSocketChannel parent, TcpConnection connection) {
    super(parent.host(), parent);
    this.connection = connection;
    local = connection.local();
    remote = connection.remote();
    connected = true;
  }

  TcpConnection.Events events() {
    return events;
  }

  void abort() {
    connection.abort();
  }

  private final class Happenings implements TcpConnection.Events {
    @Override
    public void connected() {
      if (connecting != null) {
        connected = true;
        ChannelPromise promise = endConnecting();
        boolean wanted = promise.trySuccess();
        pipeline().fireChannelActive();
        if (!wanted) {
          close();
        }
      }
    }

    @Override
    public void received(Octets data) {
      offer(Buffers.of(data));
    }

    @Override
    public void peerFinished() {
      peerFinished = true;
      noticeEndOfInput();
    }

    @Override
    public void writable() {
      unsafe().flush();
    }

    @Override
    public void failed(IOException cause) {
      if (connecting != null) {
        endConnecting().tryFailure(cause);
        unsafe().closeForcibly();
      } else if (isRegistered()) {
        pipeline().fireExceptionCaught(cause);
        unsafe().close(voidPromise());
      }
    }
  }

  @Override
  void doConnect(InetSocketAddress to, InetSocketAddress from, ChannelPromise promise)
      throws Exception {
    if (connection != null) {
      throw new ConnectionPendingException();
    }
    InetSocketAddress source = from != null ? from : local != null ? local : ANY;
    connecting = promise;
    remote = to;
    connection = host().tcp().connect(source, to, events);
    local = connection.local();
    int millis = config.getConnectTimeoutMillis();
    if (millis > 0) {
      connectTimer =
          eventLoop().schedule(() -> connectTimedOut(millis), millis, TimeUnit.MILLISECONDS);
    }
  }

  private void connectTimedOut(int millis) {
    if (connecting != null) {
      endConnecting()
          .tryFailure(
              new ConnectTimeoutException(
                  "connection timed out after " + millis + " ms: " + remote));
      unsafe().closeForcibly();
    }
  }

  private ChannelPromise endConnecting() {
    ChannelPromise promise = connecting;
    connecting = null;
    if (connectTimer != null) {
      connectTimer.cancel(false);
    }
    return promise;
  }

  @Override
  protected void doBind(SocketAddress address) {
    local = (InetSocketAddress) address;
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doClose() {
    closeInbox();
    connected = false;
    if (connecting != null) {
      endConnecting().tryFailure(new ClosedChannelException());
    }
    if (connection != null) {
      connection.release();
    }
  }

  @Override
  void discard(Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) throws Exception {
    if (outputShutdown) {
      throw new ClosedChannelException();
    }
    for (Object message; (message = out.current()) != null; ) {
      ByteBuf buffer = (ByteBuf) message;
      int room = connection.room();
      if (buffer.isReadable() && room == 0) {
        return; // goes on when the connection becomes writable
      }
      int size = Math.min(room, buffer.readableBytes());
      connection.write(Buffers.octets(buffer.slice(buffer.readerIndex(), size)));
      out.removeBytes(size); // also removes a buffer that was empty
    }
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    throw new UnsupportedOperationException("not a ByteBuf: " + message.getClass());
  }

  @Override
  void taken(Object message) {
    read += ((ByteBuf) message).readableBytes();
  }

  @Override
  void drained() {
    int octets = read;
    read = 0;
    if (octets > 0 && isOpen()) {
      connection.consumed(octets);
    }
    noticeEndOfInput();
  }

  @Override
  protected void doBeginRead() {
    super.doBeginRead();
    if (peerFinished && !inputShutdown) {
      eventLoop().execute(this::noticeEndOfInput);
    }
  }

  private void noticeEndOfInput() {
    if (!peerFinished || inputShutdown || waiting() > 0 || !isRegistered()) {
      return;
    }
    inputShutdown = true;
    if (config.isAllowHalfClosure()) {
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      unsafe().close(voidPromise());
    }
  }

  @Override
  public ServerSocketChannel parent() {
    Channel parent = super.parent();
    return (ServerSocketChannel) parent;
  }

  @Override
  public SocketChannelConfig config() {
    return config;
  }

  @Override
  public boolean isActive() {
    return isOpen() && connected;
  }

  @Override
  protected void doShutdownOutput() {
    outputShutdown = true;
    connection.finish();
  }

  @Override
  public boolean isInputShutdown() {
    return inputShutdown;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown;
  }

  @Override
  public boolean isShutdown() {
    return inputShutdown && outputShutdown;
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    inputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
    return promise;
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    inputShutdown = true;
    return shutdownOutput(promise);
  }
}
