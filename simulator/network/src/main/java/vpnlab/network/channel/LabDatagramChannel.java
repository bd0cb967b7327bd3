package vpnlab.network.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import vpnlab.network.path.HostNode;
import vpnlab.network.path.IcmpError;
import vpnlab.network.path.UdpPorts;
import vpnlab.wire.Octets;

/** A UDP channel on a host of the lab; takes and gives what Netty's own datagram channel does. */
public final class LabDatagramChannel extends MulticastlessChannel {
  private final UdpPorts.Listener listener =
      new UdpPorts.Listener() {
        @Override
        public void received(InetSocketAddress to, InetSocketAddress from, Octets payload) {
          if (remote == null || remote.equals(from)) {
            offer(new DatagramPacket(Buffers.of(payload), to, from));
          }
        }

        @Override
        public void failed(IcmpError error) {
          pipeline().fireUserEventTriggered(error);
        }
      };
  private boolean bound;

  public LabDatagramChannel(HostNode host) {
    super(host);
  }

  @Override
  public boolean isActive() {
    return isOpen() && bound;
  }

  @Override
  protected void doBind(SocketAddress address) throws BindException {
    local = host().udp().bind((InetSocketAddress) address, listener);
    bound = true;
  }

  @Override
  void doConnect(InetSocketAddress to, InetSocketAddress from, ChannelPromise promise)
      throws Exception {
    boolean wasActive = isActive();
    if (!bound) {
      doBind(from == null ? new InetSocketAddress("0.0.0.0", 0) : from);
    }
    remote = to;
    promise.trySuccess();
    if (!wasActive) {
      pipeline().fireChannelActive();
    }
  }

  @Override
  protected void doDisconnect() {
    remote = null;
    invalidateRemoteAddress();
  }

  @Override
  protected void doClose() {
    closeInbox();
    if (bound) {
      bound = false;
      host().udp().unbind(local, listener);
    }
  }

  @Override
  void discard(Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    for (Object message; (message = out.current()) != null; ) {
      ByteBuf content;
      InetSocketAddress to = remote;
      InetSocketAddress from = local;
      if (message instanceof AddressedEnvelope<?, ?> envelope) {
        content = (ByteBuf) envelope.content();
        to = (InetSocketAddress) envelope.recipient();
        from = envelope.sender() == null ? local : (InetSocketAddress) envelope.sender();
      } else {
        content = (ByteBuf) message;
      }
      if (to == null) {
        out.remove(new NotYetConnectedException());
      } else if (to.isUnresolved()) {
        out.remove(new UnresolvedAddressException());
      } else {
        send(from, to, content, out);
      }
    }
  }

  private void send(
      InetSocketAddress from, InetSocketAddress to, ByteBuf content, ChannelOutboundBuffer out) {
    try {
      InetSocketAddress source = new InetSocketAddress(from.getAddress(), local.getPort());
      host().udp().send(source, to, Buffers.octets(content));
      out.remove();
    } catch (IllegalArgumentException e) {
      out.remove(e); // one bad datagram must not close the channel
    }
  }
}
