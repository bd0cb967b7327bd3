package vpnlab.network.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import vpnlab.network.NetworkHost;
import vpnlab.wire.Octets;

/** Asks web servers of a lab, each time over a new connection. */
public final class HttpClient {
  private static final int LARGEST_REPLY = 64 * 1024 * 1024;

  private final NetworkHost host;

  public HttpClient(NetworkHost host) {
    this.host = host;
  }

  /**
   * Gets a page.
   *
   * @param authority what goes into the Host field: name, and port when it is not 80
   * @param path begins with a slash
   * @param limit from now to the end of the answer
   * @return fails as {@link #ask} does
   */
  public static Future<HttpMessage.Reply> get(
      NetworkHost host, InetSocketAddress server, String authority, String path, Duration limit) {
    return new HttpClient(host)
        .ask(server, HttpMessage.Request.get(authority, path), Optional.empty(), limit);
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @param tls empty for plain HTTP; the request's authority is then the name that TLS announces
   * @param limit for all of it
   * @return fails with what kept the reply away: {@code ConnectException}, an {@code SSLException},
   *     {@link TimeoutException} after {@code limit}, {@link IOException} for a connection that
   *     ended without a reply
   */
  public Future<HttpMessage.Reply> ask(
      InetSocketAddress server,
      HttpMessage.Request request,
      Optional<SslContext> tls,
      Duration limit) {
    return host.network().call(() -> start(server, request, tls, limit));
  }

  private Future<HttpMessage.Reply> start(
      InetSocketAddress server,
      HttpMessage.Request request,
      Optional<SslContext> tls,
      Duration limit) {
    Promise<HttpMessage.Reply> reply = host.eventLoop().newPromise();
    ChannelFuture connected =
        host.connectTcp(
            server,
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                tls.ifPresent(
                    context ->
                        channel
                            .pipeline()
                            .addLast(
                                context.newHandler(
                                    channel.alloc(), request.authority(), server.getPort())));
                channel
                    .pipeline()
                    .addLast(
                        new HttpClientCodec(),
                        new HttpObjectAggregator(LARGEST_REPLY),
                        new Exchange(request, tls.isPresent(), reply));
              }
            });
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            reply.tryFailure(done.cause());
          }
        });
    Future<?> timer =
        host.eventLoop()
            .schedule(
                () -> reply.tryFailure(new TimeoutException("no reply within " + limit)),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
    reply.addListener(
        done -> {
          timer.cancel(false);
          connected.channel().close();
        });
    return reply;
  }

  private static final class Exchange extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final HttpMessage.Request request;
    private final boolean inTls;
    private final Promise<HttpMessage.Reply> reply;

    Exchange(HttpMessage.Request request, boolean inTls, Promise<HttpMessage.Reply> reply) {
      this.request = request;
      this.inTls = inTls;
      this.reply = reply;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (!inTls) {
        send(context);
        return;
      }
      context
          .pipeline()
          .get(SslHandler.class)
          .handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  send(context);
                } else {
                  reply.tryFailure(done.cause());
                }
              });
    }

    private void send(ChannelHandlerContext context) {
      FullHttpRequest message =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              HttpMethod.valueOf(request.method()),
              request.path(),
              Unpooled.wrappedBuffer(request.body().toArray()));
      message.headers().set(HttpHeaderNames.HOST, request.authority());
      message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      if (!request.contentType().isEmpty()) {
        message.headers().set(HttpHeaderNames.CONTENT_TYPE, request.contentType());
        message.headers().set(HttpHeaderNames.CONTENT_LENGTH, request.body().size());
      }
      context.writeAndFlush(message);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (response.decoderResult().isFailure()) {
        reply.tryFailure(new IOException("unreadable answer", response.decoderResult().cause()));
        return;
      }
      reply.trySuccess(
          new HttpMessage.Reply(
              response.status().code(),
              response.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
              Octets.of(ByteBufUtil.getBytes(response.content()))));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      reply.tryFailure(new IOException("the connection ended without a reply"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      reply.tryFailure(cause);
    }
  }
}
