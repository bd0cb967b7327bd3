package vpnlab.network.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import vpnlab.network.path.HostNode;
import vpnlab.network.path.IcmpError;
import vpnlab.network.path.RawProtocol;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IpProtocol;

/**
 * A channel for the packets of an IP protocol without ports, such as ESP or GRE. Its messages are
 * {@link DatagramPacket}s whose ports are 0 and whose content is the IP payload.
 */
public final class LabRawChannel extends MulticastlessChannel {
  private final IpProtocol protocol;
  private RawProtocol raw;

  public LabRawChannel(HostNode host, IpProtocol protocol) {
    super(host);
    this.protocol = protocol;
  }

  @Override
  public boolean isActive() {
    return isOpen() && raw != null;
  }

  @Override
  protected void doBind(SocketAddress address) throws BindException {
    local = new InetSocketAddress(((InetSocketAddress) address).getAddress(), 0);
    raw = new RawProtocol(host(), protocol, new Receiver());
  }

  @Override
  void doConnect(InetSocketAddress to, InetSocketAddress from, ChannelPromise promise) {
    throw new UnsupportedOperationException("a raw channel is not connected");
  }

  @Override
  protected void doDisconnect() {
    throw new UnsupportedOperationException("a raw channel is not connected");
  }

  @Override
  protected void doClose() {
    closeInbox();
    if (raw != null) {
      raw.close();
      raw = null;
    }
  }

  @Override
  void discard(Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    for (Object message; (message = out.current()) != null; ) {
      if (message instanceof AddressedEnvelope<?, ?> envelope
          && envelope.content() instanceof ByteBuf content
          && envelope.recipient() instanceof InetSocketAddress to) {
        send(to, envelope.sender(), content, out);
      } else {
        out.remove(new UnsupportedOperationException("not a DatagramPacket: " + message));
      }
    }
  }

  private void send(
      InetSocketAddress to, SocketAddress sender, ByteBuf content, ChannelOutboundBuffer out) {
    try {
      InetAddress from =
          sender == null ? local.getAddress() : ((InetSocketAddress) sender).getAddress();
      raw.send(from, to.getAddress(), Buffers.octets(content));
      out.remove();
    } catch (IllegalArgumentException e) {
      out.remove(e); // one bad packet must not close the channel
    }
  }

  private final class Receiver implements RawProtocol.Listener {
    @Override
    public void received(InetAddress to, InetAddress from, Octets payload) {
      offer(
          new DatagramPacket(
              Buffers.of(payload), new InetSocketAddress(to, 0), new InetSocketAddress(from, 0)));
    }

    @Override
    public void failed(IcmpError error) {
      pipeline().fireUserEventTriggered(error);
    }
  }
}
