package vpnlab.lab.client;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.network.UdpPort;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ntp.NtpPacket;

/**
 * The Windows Time service of a client: asks the time source once by SNTP (RFC 4330 section 5) and
 * writes how far off the clock is. More than fifteen hours are too much to be corrected, as by
 * default on a computer that is no domain controller, so the clock stays wrong.
 */
public final class TimeSync {
  private static final Duration LARGEST_CORRECTION = Duration.ofHours(15);

  private TimeSync() {}

  /** Sends the question; the answer is written into the event log when it comes. */
  public static void start(Machine machine, InetAddress source) {
    try {
      UdpPort port = machine.network().bindUdp(0, new Answer(machine, source.getHostAddress()));
      port.send(
          new InetSocketAddress(source, NtpPacket.PORT), NtpPacket.request(machine.now()).encode());
    } catch (BindException e) {
      throw new IllegalStateException("no free port for the time service", e);
    }
  }

  private static final class Answer extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Machine machine;
    private final String source;

    Answer(Machine machine, String source) {
      this.machine = machine;
      this.source = source;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      NtpPacket answer;
      try {
        answer = NtpPacket.decode(Octets.of(ByteBufUtil.getBytes(packet.content())));
      } catch (MalformedMessageException e) {
        return;
      }
      if (answer.mode() != NtpPacket.SERVER || answer.stratum() == 0) {
        return;
      }
      Instant asked = NtpPacket.instant(answer.originate());
      Instant now = machine.now();
      // RFC 4330 section 5: offset = ((T2 - T1) + (T3 - T4)) / 2
      Duration offset =
          Duration.between(asked, NtpPacket.instant(answer.receive()))
              .plus(Duration.between(now, NtpPacket.instant(answer.transmit())))
              .dividedBy(2);
      new SystemEvents(machine.log())
          .timeCompared(source, offset, offset.abs().compareTo(LARGEST_CORRECTION) <= 0);
      context.close();
    }
  }
}
