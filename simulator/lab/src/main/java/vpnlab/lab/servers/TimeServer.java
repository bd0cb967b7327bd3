package vpnlab.lab.servers;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.BindException;
import java.time.InstantSource;
import vpnlab.network.NetworkHost;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ntp.NtpPacket;

/** Tells the true time by SNTP (RFC 4330). */
public final class TimeServer extends SimpleChannelInboundHandler<DatagramPacket> {
  private final InstantSource trueTime;

  private TimeServer(InstantSource trueTime) {
    this.trueTime = trueTime;
  }

  public static void start(NetworkHost host, InstantSource trueTime) throws BindException {
    host.bindUdp(NtpPacket.PORT, new TimeServer(trueTime));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    try {
      NtpPacket request = NtpPacket.decode(Octets.of(ByteBufUtil.getBytes(packet.content())));
      if (request.mode() == NtpPacket.CLIENT) {
        Octets answer = request.answer(trueTime.instant()).encode();
        context.writeAndFlush(
            new DatagramPacket(Unpooled.wrappedBuffer(answer.toArray()), packet.sender()));
      }
    } catch (MalformedMessageException e) {
      // Not a time request: dropped.
    }
  }
}
