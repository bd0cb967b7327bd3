package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.evidence.CapturedPacket;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.SourceNat;
import vpnlab.wire.Octets;

class CaptureFileTest {
  @TempDir Path folder;

  private static List<CapturedPacket> traffic() throws Exception {
    Labs.Builder lab =
        new Labs.Builder()
            .translated(SourceNat.onto("internet"))
            .internet(LinkProperties.LAN.withMtu(1000).withLoss(0.02));
    try (VirtualNetwork network = new VirtualNetwork(lab.topology(), Labs.seed(1))) {
      List<CapturedPacket> trace = new ArrayList<>();
      network.onCapture(trace::add);
      network.host("server").bindUdp(40_000, new Inbox.Echo());
      UdpPort port = network.host("client").bindUdp(0, new Inbox());
      byte[] text = "q".repeat(3000).getBytes(StandardCharsets.US_ASCII);
      port.send(new InetSocketAddress("203.0.113.10", 40_000), Octets.of(text));
      port.send(new InetSocketAddress("203.0.113.10", 40_001), Octets.of(text));
      network
          .host("server")
          .listenTcp(
              40_002,
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  channel
                      .pipeline()
                      .addLast(
                          new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object o) {
                              context.writeAndFlush(o);
                            }
                          });
                }
              });
      ChannelFuture connected =
          network
              .host("client")
              .connectTcp(
                  new InetSocketAddress("203.0.113.10", 40_002),
                  new ChannelInboundHandlerAdapter());
      network.await(connected, Duration.ofMinutes(1));
      connected.channel().writeAndFlush(Unpooled.wrappedBuffer(text).retain());
      network.runFor(Duration.ofSeconds(20));
      connected.channel().close();
      network.runUntilIdle(Duration.ofMinutes(5));
      return trace;
    }
  }

  @Test
  @Tag("real-peer")
  void tsharkFollowsATranslatedLossyConversationWithoutComplaint() throws Exception {
    needTshark();
    Path file = folder.resolve("capture.pcapng");
    List<CapturedPacket> trace = traffic();
    CaptureFile.write(trace, packet -> packet.host(), Files.newOutputStream(file));
    String all = tshark(file, "frame");
    assertThat(all.lines()).hasSize(trace.size());
    assertThat(tshark(file, "tcp.flags.syn == 1").lines()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(tshark(file, "icmp.type == 3 && icmp.code == 3").lines()).isNotEmpty();
    assertThat(tshark(file, "icmp.type == 3 && icmp.code == 4").lines()).isNotEmpty();
    // In an ICMP error, tshark sums only what is quoted of a segment, which cannot be right.
    String complaints =
        "_ws.malformed || ip.checksum.status == 0 || udp.checksum.status == 0"
            + " || (tcp.checksum.status == 0 && !icmp) || icmp.checksum.status == 0";
    assertThat(tshark(file, complaints)).isEmpty();
  }

  private static String tshark(Path file, String filter) throws Exception {
    Process process =
        new ProcessBuilder(
                "tshark",
                "-r",
                file.toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-Y",
                filter)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static void needTshark() {
    boolean missing = true;
    for (String entry : System.getenv("PATH").split(":", -1)) {
      missing &= !Files.isExecutable(Path.of(entry, "tshark"));
    }
    if (missing && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("tshark is not installed, and CI must not skip real peers");
    }
    assumeTrue(!missing, "tshark is not installed");
  }
}
