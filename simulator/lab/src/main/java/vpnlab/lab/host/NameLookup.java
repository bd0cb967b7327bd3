package vpnlab.lab.host;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import vpnlab.network.dns.DnsResult;
import vpnlab.network.dns.DnsServer;
import vpnlab.network.dns.StubResolver;
import vpnlab.network.dns.StubResolverTimes;
import vpnlab.wire.ip.Ipv4Address;

/**
 * Finds the hosts that URLs name: an address as it stands, a name by the machine's name server.
 *
 * @param nameServer empty for a machine that asks nobody
 */
public record NameLookup(Machine machine, Optional<InetAddress> nameServer) {
  /** Fails with {@link UnknownHostException} when nobody knows the name. */
  public Future<InetAddress> find(String host) {
    Promise<InetAddress> found = machine.network().eventLoop().newPromise();
    if (host.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      try {
        found.setSuccess(Ipv4Address.parse(host).toInetAddress());
      } catch (IllegalArgumentException e) {
        found.setFailure(new UnknownHostException(host));
      }
    } else if (nameServer.isEmpty()) {
      found.setFailure(new UnknownHostException(host + ": no name server is set"));
    } else {
      new StubResolver(
              machine.network(),
              new InetSocketAddress(nameServer.get(), DnsServer.PORT),
              StubResolverTimes.WINDOWS,
              machine.random())
          .resolve(host)
          .addListener(
              (Future<DnsResult> asked) -> {
                if (asked.isSuccess() && asked.getNow() instanceof DnsResult.Addresses answer) {
                  found.setSuccess(answer.addresses().get(0));
                } else {
                  found.setFailure(new UnknownHostException(host));
                }
              });
    }
    return found;
  }
}
