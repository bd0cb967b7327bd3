package vpnlab.network.dns;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.network.NetworkHost;
import vpnlab.network.UdpPort;
import vpnlab.protocol.RandomSource;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;

/**
 * Asks one server for the addresses of names (RFC 1034 section 5.3.1), over UDP. Netty's own
 * resolver divides its time otherwise than Windows does, so this one asks for itself.
 */
public final class StubResolver {
  private static final Logger LOG = LoggerFactory.getLogger(StubResolver.class);

  private final NetworkHost host;
  private final InetSocketAddress server;
  private final StubResolverTimes times;
  private final RandomSource random;

  /**
   * @param random of the queries' identifiers
   */
  public StubResolver(
      NetworkHost host, InetSocketAddress server, StubResolverTimes times, RandomSource random) {
    this.host = host;
    this.server = server;
    this.times = times;
    this.random = random;
  }

  /** Never fails but for want of a free UDP port; what went wrong is in the result. */
  public Future<DnsResult> resolve(String name) {
    Promise<DnsResult> result = host.eventLoop().newPromise();
    host.network()
        .call(
            () -> {
              start(name, result);
              return null;
            });
    return result;
  }

  private void start(String name, Promise<DnsResult> result) {
    Octets id = random.octets(2);
    Exchange exchange = new Exchange(id.at(0) << 8 | id.at(1), DnsZone.normalized(name), result);
    UdpPort port;
    try {
      port = host.bindUdp(0, exchange.pipeline());
    } catch (BindException e) {
      result.setFailure(e);
      return;
    }
    result.addListener(done -> port.close());
    for (Duration at : times.queriesAt()) {
      after(at, result, () -> port.channel().writeAndFlush(exchange.query(port.local())));
    }
    after(times.giveUpAt(), result, () -> result.trySuccess(new DnsResult.TimedOut()));
  }

  private void after(Duration delay, Promise<DnsResult> result, Runnable task) {
    Future<?> timer = host.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    result.addListener(done -> timer.cancel(false));
  }

  private final class Exchange extends SimpleChannelInboundHandler<DatagramDnsResponse> {
    private final int id;
    private final String name;
    private final Promise<DnsResult> result;

    Exchange(int id, String name, Promise<DnsResult> result) {
      this.id = id;
      this.name = name;
      this.result = result;
    }

    ChannelInitializer<Channel> pipeline() {
      return new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {
          channel
              .pipeline()
              .addLast(
                  new DatagramDnsQueryEncoder(), new DatagramDnsResponseDecoder(), Exchange.this);
        }
      };
    }

    DatagramDnsQuery query(InetSocketAddress local) {
      DatagramDnsQuery query = new DatagramDnsQuery(local, server, id);
      query.setRecursionDesired(true);
      query.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name, DnsRecordType.A));
      return query;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramDnsResponse response) {
      if (response.id() == id && response.sender().equals(server) && isAboutTheName(response)) {
        result.trySuccess(resultOf(response));
      }
    }

    private boolean isAboutTheName(DatagramDnsResponse response) {
      if (response.count(DnsSection.QUESTION) != 1) {
        return response.code().equals(DnsResponseCode.FORMERR);
      }
      DnsQuestion question = response.recordAt(DnsSection.QUESTION);
      return DnsZone.normalized(question.name()).equals(name);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("a DNS response could not be read", cause);
    }
  }

  private static DnsResult resultOf(DatagramDnsResponse response) {
    if (response.code().equals(DnsResponseCode.NXDOMAIN)) {
      return new DnsResult.NameError();
    }
    if (!response.code().equals(DnsResponseCode.NOERROR)) {
      return new DnsResult.Failed(response.code());
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
      if (response.recordAt(DnsSection.ANSWER, i) instanceof DnsRawRecord raw
          && raw.type().equals(DnsRecordType.A)
          && raw.content().readableBytes() == 4) {
        addresses.add(address(raw.content()));
      }
    }
    return addresses.isEmpty() ? new DnsResult.NoAddress() : new DnsResult.Addresses(addresses);
  }

  private static InetAddress address(ByteBuf content) {
    return new Ipv4Address(content.getInt(content.readerIndex())).toInetAddress();
  }
}
