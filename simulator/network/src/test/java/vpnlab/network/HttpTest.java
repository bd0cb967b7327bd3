package vpnlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.network.http.HttpClient;
import vpnlab.network.http.HttpMessage;
import vpnlab.network.http.HttpServer;
import vpnlab.network.topology.LinkProperties;
import vpnlab.wire.Octets;

class HttpTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.10", 443);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NAME = "login.cloud.example";

  private static HttpMessage.Reply ask(
      LabNetwork network, HttpMessage.Request request, Optional<SslContext> tls, Duration limit) {
    return network.await(
        new HttpClient(network.host("client")).ask(SERVER, request, tls, limit), LIMIT);
  }

  private static HttpMessage.Request post(Octets body) {
    return new HttpMessage.Request("POST", NAME, "/echo?x=1", "application/octet-stream", body);
  }

  @ParameterizedTest
  @EnumSource
  void aReplyBringsBackWhatTheRequestSentThroughALossyNetwork(Kind kind) throws Exception {
    byte[] content = new byte[40_000];
    new Random(5).nextBytes(content);
    Octets body = Octets.of(content);
    try (LabNetwork network =
        kind.open(new Labs.Builder().internet(LinkProperties.LAN.withLoss(0.05)))) {
      HttpServer.start(
          network.host("server"),
          443,
          Optional.empty(),
          request ->
              new HttpMessage.Reply(
                  request.path().equals("/echo?x=1") && request.authority().equals(NAME)
                      ? 200
                      : 404,
                  request.contentType(),
                  request.body()));
      HttpMessage.Reply reply = ask(network, post(body), Optional.empty(), LIMIT);
      assertThat(reply).isEqualTo(new HttpMessage.Reply(200, "application/octet-stream", body));
      assertThat(ask(network, HttpMessage.Request.get(NAME, "/"), Optional.empty(), LIMIT).good())
          .isFalse();
    }
  }

  @Test
  void theSameGoesThroughTlsAndAnUntrustedServerIsRefused() throws Exception {
    TestCertificate identity = TestCertificate.mint(NAME);
    SslContext server = SslContextBuilder.forServer(identity.key(), identity.certificate()).build();
    SslContext trusting =
        SslContextBuilder.forClient().trustManager(identity.certificate()).build();
    SslContext strange =
        SslContextBuilder.forClient()
            .trustManager(TestCertificate.mint(NAME).certificate())
            .build();
    try (LabNetwork network = Kind.VIRTUAL.open(new Labs.Builder())) {
      HttpServer.start(
          network.host("server"),
          443,
          Optional.of(server),
          request -> HttpMessage.Reply.of(200, "text/plain", request.text() + "!"));
      HttpMessage.Request request = post(Octets.ofText("hello", StandardCharsets.UTF_8));
      assertThat(ask(network, request, Optional.of(trusting), LIMIT).text()).isEqualTo("hello!");
      assertThatThrownBy(() -> ask(network, request, Optional.of(strange), LIMIT))
          .cause()
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void silenceEndsAtTheLimitAndARefusalAtOnce() throws Exception {
    try (LabNetwork network = Kind.VIRTUAL.open(new Labs.Builder())) {
      HttpMessage.Request request = HttpMessage.Request.get(NAME, "/");
      assertThatThrownBy(() -> ask(network, request, Optional.empty(), LIMIT))
          .cause()
          .isInstanceOf(ConnectException.class);
      network.host("server").listenTcp(443, new Mute());
      assertThatThrownBy(() -> ask(network, request, Optional.empty(), Duration.ofSeconds(7)))
          .cause()
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("PT7S");
    }
  }

  @Test
  void aServerThatHangsUpOrTalksNonsenseIsAnErrorAndNoHang() throws Exception {
    try (LabNetwork network = Kind.VIRTUAL.open(new Labs.Builder())) {
      network.host("server").listenTcp(443, new HangsUp());
      HttpMessage.Request request = HttpMessage.Request.get(NAME, "/");
      assertThatThrownBy(() -> ask(network, request, Optional.empty(), LIMIT))
          .cause()
          .isInstanceOf(IOException.class);
    }
  }

  @io.netty.channel.ChannelHandler.Sharable
  private static final class Mute extends ChannelInboundHandlerAdapter {}

  @io.netty.channel.ChannelHandler.Sharable
  private static final class HangsUp extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(io.netty.channel.ChannelHandlerContext context) {
      context.close();
    }
  }
}
