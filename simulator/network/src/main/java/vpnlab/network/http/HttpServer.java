package vpnlab.network.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.BindException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.network.NetworkHost;
import vpnlab.wire.Octets;

/** Serves pages by GET (RFC 9110). */
public final class HttpServer extends SimpleChannelInboundHandler<FullHttpRequest> {
  public static final int PORT = 80;

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int LARGEST_REQUEST = 65_536;

  private final Function<String, Optional<HttpPage>> pages;

  private HttpServer(Function<String, Optional<HttpPage>> pages) {
    this.pages = pages;
  }

  /**
   * Starts a server on a port of a host.
   *
   * @param pages what there is at a path, which begins with a slash and is decoded
   */
  public static Channel start(
      NetworkHost host, int port, Function<String, Optional<HttpPage>> pages) throws BindException {
    return host.listenTcp(
        port,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(
                    new HttpServerCodec(),
                    new HttpObjectAggregator(LARGEST_REQUEST),
                    new HttpServer(pages));
          }
        });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    FullHttpResponse response = answer(request);
    boolean stays = HttpUtil.isKeepAlive(request);
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, stays);
    var sent = context.writeAndFlush(response);
    if (!stays) {
      sent.addListener(done -> context.close());
    }
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return response(HttpResponseStatus.BAD_REQUEST, Octets.EMPTY);
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return response(HttpResponseStatus.METHOD_NOT_ALLOWED, Octets.EMPTY);
    }
    Optional<HttpPage> page = pages.apply(new QueryStringDecoder(request.uri()).path());
    if (page.isEmpty()) {
      return response(HttpResponseStatus.NOT_FOUND, Octets.EMPTY);
    }
    FullHttpResponse found = response(HttpResponseStatus.OK, page.get().content());
    found.headers().set(HttpHeaderNames.CONTENT_TYPE, page.get().type());
    return found;
  }

  private static FullHttpResponse response(HttpResponseStatus status, Octets content) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content.toArray()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("an HTTP connection failed", cause);
    context.close();
  }
}
