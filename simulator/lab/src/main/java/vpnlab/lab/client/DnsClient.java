package vpnlab.lab.client;

import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.network.dns.DnsResult;
import vpnlab.network.dns.DnsServer;
import vpnlab.network.dns.StubResolver;
import vpnlab.network.dns.StubResolverTimes;

/**
 * The DNS client of a computer: asks its name servers one after the other until one knows the name,
 * those of a tunnel first, and writes down how that ended.
 */
final class DnsClient {
  private final Machine machine;
  private final Supplier<List<InetAddress>> servers;

  /**
   * @param servers whom to ask, in order; asked anew for every name
   */
  DnsClient(Machine machine, Supplier<List<InetAddress>> servers) {
    this.machine = machine;
    this.servers = servers;
  }

  /** {@code then} hears the outcome on the network's thread, once. */
  void resolve(String name, Consumer<DnsResult> then) {
    String asked = name.toLowerCase(Locale.ROOT);
    ask(
        asked,
        List.copyOf(servers.get()),
        Optional.empty(),
        result -> {
          List<InetAddress> addresses =
              result instanceof DnsResult.Addresses found ? found.addresses() : List.of();
          new SystemEvents(machine.log())
              .nameQueried(
                  asked,
                  windowsStatus(result),
                  addresses.stream().map(InetAddress::getHostAddress).toList());
          then.accept(result);
        });
  }

  /**
   * @param before the most telling of the answers so far
   */
  private void ask(
      String name,
      List<InetAddress> remaining,
      Optional<DnsResult> before,
      Consumer<DnsResult> then) {
    if (remaining.isEmpty()) {
      then.accept(before.orElseGet(DnsResult.TimedOut::new));
      return;
    }
    new StubResolver(
            machine.network(),
            new InetSocketAddress(remaining.get(0), DnsServer.PORT),
            StubResolverTimes.WINDOWS,
            machine.random())
        .resolve(name)
        .addListener(
            (Future<DnsResult> asked) -> {
              DnsResult result = asked.isSuccess() ? asked.getNow() : new DnsResult.TimedOut();
              if (result instanceof DnsResult.Addresses) {
                then.accept(result);
              } else {
                Optional<DnsResult> telling =
                    before.filter(answer -> !(answer instanceof DnsResult.TimedOut));
                ask(
                    name,
                    remaining.subList(1, remaining.size()),
                    Optional.of(telling.orElse(result)),
                    then);
              }
            });
  }

  /** The status that Windows' DNS client logs (winerror.h). */
  private static int windowsStatus(DnsResult result) {
    if (result instanceof DnsResult.Addresses) {
      return 0;
    } else if (result instanceof DnsResult.NameError) {
      return 9003;
    } else if (result instanceof DnsResult.NoAddress) {
      return 9501;
    } else if (result instanceof DnsResult.Failed failed) {
      return 9000 + failed.code().intValue();
    }
    return 1460;
  }
}
