package vpnlab.network.dns;

import io.netty.handler.codec.dns.DnsResponseCode;
import java.net.InetAddress;
import java.util.List;

/** How a name's resolution ended. */
public sealed interface DnsResult {
  /** At least one address. */
  record Addresses(List<InetAddress> addresses) implements DnsResult {
    public Addresses {
      addresses = List.copyOf(addresses);
    }
  }

  /** The name does not exist: NXDOMAIN (RFC 1035 section 4.1.1, RFC 2308). */
  record NameError() implements DnsResult {}

  /** The name exists but has no address: NODATA (RFC 2308 section 2.2). */
  record NoAddress() implements DnsResult {}

  /** The server could not or would not answer. */
  record Failed(DnsResponseCode code) implements DnsResult {}

  /** Nobody answered. */
  record TimedOut() implements DnsResult {}
}
