package vpnlab.network.dns;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsOpCode;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vpnlab.network.NetworkHost;
import vpnlab.network.UdpPort;
import vpnlab.wire.ip.Ipv4Address;

/** Answers for one {@link DnsZone} with authority (RFC 1035 section 4), over UDP. */
public final class DnsServer extends SimpleChannelInboundHandler<DatagramDnsQuery> {
  public static final int PORT = 53;

  private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
  private static final int TIME_TO_LIVE_SECONDS = 3600;

  private final DnsZone zone;

  private DnsServer(DnsZone zone) {
    this.zone = zone;
  }

  /** Starts a server on port 53 of a host. */
  public static UdpPort start(NetworkHost host, DnsZone zone) throws BindException {
    return host.bindUdp(
        PORT,
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(
                    new DatagramDnsQueryDecoder(),
                    new DatagramDnsResponseEncoder(),
                    new DnsServer(zone));
          }
        });
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
    if (!zone.silent()) {
      context.writeAndFlush(answer(query));
    }
  }

  private DatagramDnsResponse answer(DatagramDnsQuery query) {
    DatagramDnsResponse response =
        new DatagramDnsResponse(query.recipient(), query.sender(), query.id(), query.opCode());
    response.setRecursionDesired(query.isRecursionDesired());
    DnsQuestion question =
        query.count(DnsSection.QUESTION) == 1 ? query.recordAt(DnsSection.QUESTION) : null;
    if (!query.opCode().equals(DnsOpCode.QUERY)) {
      response.setCode(DnsResponseCode.NOTIMP);
    } else if (question == null) {
      response.setCode(DnsResponseCode.FORMERR);
    } else {
      response.setAuthoritativeAnswer(true);
      response.addRecord(DnsSection.QUESTION, question);
      fill(response, question);
    }
    return response;
  }

  private void fill(DatagramDnsResponse response, DnsQuestion question) {
    Optional<List<Ipv4Address>> addresses = zone.lookup(question.name());
    if (addresses.isEmpty()) {
      response.setCode(DnsResponseCode.NXDOMAIN);
    } else if (question.type().equals(DnsRecordType.A)) {
      for (Ipv4Address address : addresses.get()) {
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(
                question.name(),
                DnsRecordType.A,
                TIME_TO_LIVE_SECONDS,
                Unpooled.wrappedBuffer(address.octets().toArray())));
      }
    }
  }

  /** A query that cannot be read must not close the port. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("a DNS query could not be read", cause);
  }
}
