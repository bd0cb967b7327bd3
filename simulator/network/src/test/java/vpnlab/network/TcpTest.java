package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.network.topology.Firewall;
import vpnlab.network.topology.FirewallRule;
import vpnlab.network.topology.FirewallRule.Action;
import vpnlab.network.topology.FirewallRule.Direction;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.SourceNat;
import vpnlab.wire.ip.IpProtocol;

class TcpTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 443);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Keeps what arrives. */
  private static final class Collector extends ChannelInboundHandlerAdapter {
    final ByteBuf received = Unpooled.buffer();
    boolean inactive;
    Throwable failure;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf buffer = (ByteBuf) message;
      received.writeBytes(buffer);
      buffer.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      inactive = true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failure = cause;
    }
  }

  private static ChannelHandler echo() {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelRead(ChannelHandlerContext context, Object message) {
                    context.writeAndFlush(message);
                  }
                });
      }
    };
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static void echoes(LabNetwork network, int size) throws Exception {
    Channel server = network.host("server").listenTcp(443, echo());
    Collector collector = new Collector();
    Channel client = connect(network, collector);
    byte[] sent = noise(size);
    client.writeAndFlush(Unpooled.wrappedBuffer(sent));
    boolean complete = network.runUntil(() -> collector.received.readableBytes() == size, LIMIT);
    assertThat(complete).as("%d of %d", collector.received.readableBytes(), size).isTrue();
    byte[] got = new byte[size];
    collector.received.readBytes(got);
    assertThat(got).isEqualTo(sent);
    network.await(client.close(), LIMIT);
    server.close();
  }

  private static Channel connect(LabNetwork network, ChannelHandler handler) {
    ChannelFuture connected = network.host("client").connectTcp(SERVER, handler);
    network.await(connected, LIMIT);
    return connected.channel();
  }

  private static Throwable failure(VirtualNetwork network) {
    ChannelFuture connected = network.host("client").connectTcp(SERVER, new Collector());
    assertThat(network.runUntil(connected::isDone, LIMIT)).isTrue();
    assertThat(network.runUntilIdle(LIMIT)).isTrue();
    return connected.cause();
  }

  @ParameterizedTest
  @EnumSource
  void aMegabyteComesBackUnharmed(Kind kind) throws Exception {
    Labs.Builder lab = new Labs.Builder().translated(SourceNat.onto("internet"));
    try (LabNetwork network = kind.open(lab)) {
      echoes(network, 1 << 20);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void lossDuplicationAndReorderingChangeNothingInTheStream(long seed) throws Exception {
    LinkProperties bad =
        LinkProperties.LAN
            .withLatency(Duration.ofMillis(20))
            .withJitter(Duration.ofMillis(10))
            .withLoss(0.05)
            .withDuplication(0.05)
            .withReordering(0.05, Duration.ofMillis(15));
    try (VirtualNetwork network =
        new VirtualNetwork(new Labs.Builder().internet(bad).topology(), Labs.seed(seed))) {
      echoes(network, 300_000);
      assertThat(network.runUntilIdle(LIMIT)).isTrue();
    }
  }

  @Test
  void aSmallerLinkOnTheWayIsDiscovered() throws Exception {
    Labs.Builder lab = new Labs.Builder().internet(LinkProperties.LAN.withMtu(576));
    try (VirtualNetwork network = new VirtualNetwork(lab.topology(), Labs.seed(1))) {
      echoes(network, 50_000);
    }
  }

  @Test
  void aHandshakeTakesOneRoundTrip() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      network.host("server").listenTcp(443, echo());
      connect(network, new Collector());
      assertThat(network.clock().instant()).isEqualTo(Labs.EPOCH.plusMillis(3));
    }
  }

  @Test
  void aClosedPortRefusesAfterOneRoundTrip() {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      assertThat(failure(network))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("refused");
      assertThat(network.clock().instant()).isEqualTo(Labs.EPOCH.plusMillis(3));
    }
  }

  @Test
  void aFilteredPortTimesOutAfterTwentyOneSeconds() {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of("no-tcp", Direction.FORWARD, Action.DROP).protocol(IpProtocol.TCP));
    try (VirtualNetwork network =
        new VirtualNetwork(new Labs.Builder().edge(firewall).topology(), Labs.seed(1))) {
      assertThat(failure(network))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("timed out");
      assertThat(network.clock().instant()).isEqualTo(Labs.EPOCH.plusSeconds(21));
      assertThat(network.captures("client")).hasSize(3);
      assertThat(network.captures("client").get(2).at()).isEqualTo(Labs.EPOCH.plusSeconds(9));
    }
  }

  @Test
  void aRejectedConnectFailsAtOnce() {
    Firewall firewall =
        Firewall.of(
            FirewallRule.of("no-tcp", Direction.FORWARD, Action.REJECT).protocol(IpProtocol.TCP));
    try (VirtualNetwork network =
        new VirtualNetwork(new Labs.Builder().edge(firewall).topology(), Labs.seed(1))) {
      assertThat(failure(network))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("administratively prohibited");
    }
  }

  @Test
  void aHostThatIsNotThereIsReportedAfterThreeSeconds() {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      ChannelFuture connected =
          network
              .host("client")
              .connectTcp(new InetSocketAddress("203.0.113.99", 443), new Collector());
      assertThat(network.runUntil(connected::isDone, LIMIT)).isTrue();
      assertThat(connected.cause()).isInstanceOf(NoRouteToHostException.class);
      assertThat(network.clock().instant()).isEqualTo(Labs.EPOCH.plusSeconds(3).plusMillis(2));
    }
  }

  @Test
  void aPeerThatClosesIsNoticedAndNothingIsLeft() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      Channel[] accepted = new Channel[1];
      network
          .host("server")
          .listenTcp(
              443,
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  accepted[0] = channel;
                }
              });
      Collector collector = new Collector();
      connect(network, collector);
      assertThat(network.runUntil(() -> accepted[0] != null, LIMIT)).isTrue();
      accepted[0].writeAndFlush(Unpooled.wrappedBuffer(noise(50_000)));
      accepted[0].close();
      assertThat(network.runUntil(() -> collector.inactive, LIMIT)).isTrue();
      assertThat(collector.failure).isNull();
      assertThat(network.runUntilIdle(LIMIT)).isTrue();
      assertThat(collector.received.readableBytes()).isEqualTo(50_000);
    }
  }

  @Test
  void aWriterIsHeldBackUntilTheReaderReads() throws Exception {
    try (VirtualNetwork network = new VirtualNetwork(new Labs.Builder().topology(), Labs.seed(1))) {
      Channel[] accepted = new Channel[1];
      Collector collector = new Collector();
      network
          .host("server")
          .listenTcp(
              443,
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  channel.config().setAutoRead(false);
                  channel.pipeline().addLast(collector);
                  accepted[0] = channel;
                }
              });
      Channel client = connect(network, new Collector());
      ChannelFuture written = client.writeAndFlush(Unpooled.wrappedBuffer(noise(400_000)));
      network.runFor(Duration.ofSeconds(30));
      assertThat(written.isDone()).isFalse();
      assertThat(collector.received.readableBytes()).isZero();
      accepted[0].config().setAutoRead(true);
      assertThat(network.runUntil(() -> collector.received.readableBytes() == 400_000, LIMIT))
          .isTrue();
    }
  }

  @Test
  void aConnectionThatTheTranslatorForgotIsReset() throws Exception {
    Labs.Builder lab = new Labs.Builder().translated(SourceNat.onto("internet"));
    try (VirtualNetwork network = new VirtualNetwork(lab.topology(), Labs.seed(1))) {
      network.host("server").listenTcp(443, echo());
      Collector collector = new Collector();
      Channel client = connect(network, collector);
      network.runFor(Duration.ofHours(3));
      client.writeAndFlush(Unpooled.wrappedBuffer(noise(10)));
      assertThat(network.runUntil(() -> collector.inactive, LIMIT)).isTrue();
      assertThat(collector.failure).isInstanceOf(IOException.class).hasMessageContaining("reset");
    }
  }
}
