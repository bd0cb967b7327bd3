package vpnlab.network.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslContext;
import java.net.BindException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.network.NetworkHost;
import vpnlab.wire.Octets;

/** A web server on a host of a lab (RFC 9110). */
public final class HttpServer extends SimpleChannelInboundHandler<FullHttpRequest> {
  public static final int PORT = 80;

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int LARGEST_REQUEST = 64 * 1024;

  private final Function<HttpMessage.Request, HttpMessage.Reply> site;

  private HttpServer(Function<HttpMessage.Request, HttpMessage.Reply> site) {
    this.site = site;
  }

  /**
   * Starts a server.
   *
   * @param tls empty for plain HTTP
   * @param site answers on the network's thread
   * @throws BindException when the port is taken
   */
  public static Channel start(
      NetworkHost host,
      int port,
      Optional<SslContext> tls,
      Function<HttpMessage.Request, HttpMessage.Reply> site)
      throws BindException {
    return host.listenTcp(
        port,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            tls.ifPresent(
                context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
            channel
                .pipeline()
                .addLast(
                    new HttpServerCodec(),
                    new HttpObjectAggregator(LARGEST_REQUEST),
                    new HttpServer(site));
          }
        });
  }

  /**
   * Starts a server that has pages for GET.
   *
   * @param pages what there is at a path, which begins with a slash and is decoded
   * @throws BindException when the port is taken
   */
  public static Channel start(
      NetworkHost host, int port, Function<String, Optional<HttpPage>> pages) throws BindException {
    return start(
        host,
        port,
        Optional.empty(),
        request -> {
          if (!request.method().equals("GET")) {
            return HttpMessage.Reply.of(405, "text/plain", "Only GET is served here.\n");
          }
          return pages
              .apply(new QueryStringDecoder(request.path()).path())
              .map(page -> new HttpMessage.Reply(200, page.type(), page.content()))
              .orElseGet(HttpMessage.Reply::notFound);
        });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    HttpMessage.Reply reply =
        request.decoderResult().isFailure()
            ? HttpMessage.Reply.of(400, "text/plain", "This is no HTTP request.\n")
            : site.apply(
                new HttpMessage.Request(
                    request.method().name(),
                    request.headers().get(HttpHeaderNames.HOST, ""),
                    request.uri(),
                    request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                    Octets.of(ByteBufUtil.getBytes(request.content()))));
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body().toArray()));
    if (!reply.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    }
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().size());
    boolean stays = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    HttpUtil.setKeepAlive(response, stays);
    ChannelFuture sent = context.writeAndFlush(response);
    if (!stays) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** One bad connection must not take the server with it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("a web server's connection failed", cause);
    context.close();
  }
}
