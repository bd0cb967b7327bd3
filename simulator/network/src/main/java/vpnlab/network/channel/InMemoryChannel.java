package vpnlab.network.channel;

import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import vpnlab.network.path.HostNode;

/**
 * What the lab's channels have in common: they need no selector, so they run on any event loop, and
 * hold back what was not asked for by a read.
 */
abstract class InMemoryChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

  private final HostNode host;
  private final Deque<Object> inbox = new ArrayDeque<>();
  private boolean open = true;
  private boolean readPending;
  private boolean draining;

  /** The lab's addresses; null while unbound or unconnected. */
  InetSocketAddress local;

  InetSocketAddress remote;

  InMemoryChannel(HostNode host, Channel parent) {
    super(parent, host.newChannelId());
    this.host = host;
  }

  HostNode host() {
    return host;
  }

  /** Hands a message to the pipeline, now or when it is asked for. */
  void offer(Object message) {
    inbox.add(message);
    drain();
  }

  int waiting() {
    return inbox.size();
  }

  /** Called for each message that the pipeline takes. */
  void taken(Object message) {}

  /** Called after the pipeline took all that it wants for now. */
  void drained() {}

  /** Lets go of a message that nobody will read. */
  abstract void discard(Object message);

  void closeInbox() {
    open = false;
    for (Object message; (message = inbox.poll()) != null; ) {
      discard(message);
    }
  }

  private void drain() {
    if (!readPending || draining) {
      return;
    }
    draining = true;
    try {
      while (readPending && !inbox.isEmpty()) {
        readPending = false;
        for (Object message; (message = inbox.poll()) != null; ) {
          taken(message);
          pipeline().fireChannelRead(message);
        }
        pipeline().fireChannelReadComplete();
      }
    } finally {
      draining = false;
    }
    drained();
  }

  @Override
  protected void doBeginRead() {
    readPending = true;
    if (!inbox.isEmpty() && !draining) {
      eventLoop().execute(this::drain);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  protected SocketAddress localAddress0() {
    return local;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return remote;
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return true;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress to, SocketAddress from, ChannelPromise promise) {
        if (!promise.setUncancellable() || !ensureOpen(promise)) {
          return;
        }
        try {
          doConnect((InetSocketAddress) to, (InetSocketAddress) from, promise);
        } catch (Exception e) {
          promise.tryFailure(e);
          closeIfClosed();
        }
      }
    };
  }

  abstract void doConnect(InetSocketAddress to, InetSocketAddress from, ChannelPromise promise)
      throws Exception;
}
