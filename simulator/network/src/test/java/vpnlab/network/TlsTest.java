package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.network.topology.LinkProperties;
import vpnlab.network.topology.SourceNat;

class TlsTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 443);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int SIZE = 100_000;

  @ParameterizedTest
  @CsvSource({"VIRTUAL,TLSv1.2", "VIRTUAL,TLSv1.3", "SOCKETS,TLSv1.2", "SOCKETS,TLSv1.3"})
  void tlsOfNettyRunsUnchangedThroughTranslatorAndLoss(Kind kind, String version) throws Exception {
    TestCertificate identity = TestCertificate.mint("vpn.corp.example");
    SslContext serverContext =
        SslContextBuilder.forServer(identity.key(), identity.certificate())
            .sslProvider(SslProvider.JDK)
            .protocols(version)
            .build();
    SslContext clientContext =
        SslContextBuilder.forClient()
            .trustManager(identity.certificate())
            .sslProvider(SslProvider.JDK)
            .protocols(version)
            .build();
    Labs.Builder lab =
        new Labs.Builder()
            .translated(SourceNat.onto("internet"))
            .internet(LinkProperties.LAN.withLoss(0.02));
    try (LabNetwork network = kind.open(lab)) {
      network
          .host("server")
          .listenTcp(
              443,
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  channel.pipeline().addLast(serverContext.newHandler(channel.alloc()), new Echo());
                }
              });
      Counter counter = new Counter();
      ChannelFuture connected =
          network
              .host("client")
              .connectTcp(
                  SERVER,
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      channel
                          .pipeline()
                          .addLast(
                              clientContext.newHandler(channel.alloc(), "vpn.corp.example", 443),
                              counter);
                    }
                  });
      network.await(connected, LIMIT);
      SslHandler tls = connected.channel().pipeline().get(SslHandler.class);
      network.await(tls.handshakeFuture(), LIMIT);
      connected.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[SIZE]));
      assertThat(network.runUntil(() -> counter.octets == SIZE, LIMIT)).isTrue();
      assertThat(tls.engine().getSession().getProtocol()).isEqualTo(version);
    }
  }

  private static final class Echo extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      context.writeAndFlush(message.retain());
    }
  }

  private static final class Counter extends SimpleChannelInboundHandler<ByteBuf> {
    int octets;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      octets += message.readableBytes();
    }
  }
}
