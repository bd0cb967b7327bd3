package vpnlab.network.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vpnlab.network.NetworkHost;
import vpnlab.network.channel.Buffers;
import vpnlab.wire.Octets;

/** Gets one page over a connection of its own (RFC 9110). */
public final class HttpClient {
  private static final int LARGEST_RESPONSE = 64 * 1024 * 1024;

  private HttpClient() {}

  /**
   * What a server answered.
   *
   * @param status e.g. 200
   * @param reason e.g. {@code OK}
   */
  public record Reply(int status, String reason, Octets content) {}

  /**
   * Gets a page.
   *
   * @param authority what goes into the Host field: name, and port when it is not 80
   * @param path begins with a slash
   * @param timeout from now to the end of the answer
   * @return fails as {@link NetworkHost#connectTcp} does, with {@link TimeoutException}, or with an
   *     {@link IOException} when the connection ends before the answer does
   */
  public static Future<Reply> get(
      NetworkHost host, InetSocketAddress server, String authority, String path, Duration timeout) {
    return host.network().call(() -> start(host, server, authority, path, timeout));
  }

  private static Future<Reply> start(
      NetworkHost host, InetSocketAddress server, String authority, String path, Duration timeout) {
    Promise<Reply> reply = host.eventLoop().newPromise();
    ChannelFuture connecting = host.connectTcp(server, pipeline(reply));
    Future<?> timer =
        host.eventLoop()
            .schedule(
                () -> reply.tryFailure(new TimeoutException("no answer within " + timeout)),
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
    reply.addListener(
        done -> {
          timer.cancel(false);
          connecting.channel().close();
        });
    connecting.addListener(
        connected -> {
          if (connected.isSuccess()) {
            connecting.channel().writeAndFlush(request(authority, path));
          } else {
            reply.tryFailure(connected.cause());
          }
        });
    return reply;
  }

  private static FullHttpRequest request(String authority, String path) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    request.headers().set(HttpHeaderNames.HOST, authority);
    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return request;
  }

  private static ChannelInitializer<Channel> pipeline(Promise<Reply> reply) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(
                new HttpClientCodec(),
                new HttpObjectAggregator(LARGEST_RESPONSE),
                new Receiver(reply));
      }
    };
  }

  private static final class Receiver extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final Promise<Reply> reply;

    Receiver(Promise<Reply> reply) {
      this.reply = reply;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (response.decoderResult().isSuccess()) {
        reply.trySuccess(
            new Reply(
                response.status().code(),
                response.status().reasonPhrase(),
                Buffers.octets(response.content())));
      } else {
        reply.tryFailure(new IOException("unreadable answer", response.decoderResult().cause()));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      reply.tryFailure(new IOException("the connection ended without an answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      reply.tryFailure(cause);
    }
  }
}
