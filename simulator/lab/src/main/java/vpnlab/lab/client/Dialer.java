package vpnlab.lab.client;

import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import vpnlab.lab.DialResult;
import vpnlab.lab.datapath.EspDriver;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.RasClientEvents;
import vpnlab.lab.host.SystemEvents;
import vpnlab.network.dns.DnsResult;
import vpnlab.network.dns.DnsServer;
import vpnlab.network.dns.StubResolver;
import vpnlab.network.dns.StubResolverTimes;
import vpnlab.wire.ip.Ipv4Address;

/** The RAS client of a computer: resolves the server's name, dials, keeps connections. */
public final class Dialer {
  private final Machine machine;
  private final ClientSettings settings;
  private final EspDriver esp;
  private final List<DialAttempt> attempts = new ArrayList<>();

  public Dialer(Machine machine, ClientSettings settings) {
    this.machine = machine;
    this.settings = settings;
    this.esp = new EspDriver(machine);
  }

  /** Dials; {@code whenDone} hears the outcome on the network's thread, once. */
  public void dial(DialRequest request, Consumer<DialResult> whenDone) {
    RasClientEvents events =
        new RasClientEvents(
            machine.log(),
            machine.correlationId(),
            request.user().isEmpty() ? "SYSTEM" : request.user(),
            request.connection(),
            request.server());
    events.dialing(request.authentication());
    if (request.address().isPresent()) {
      connect(request, events, request.address().get(), whenDone);
    } else if (isAddress(request.server())) {
      connect(request, events, Ipv4Address.parse(request.server()).toInetAddress(), whenDone);
    } else {
      resolve(request, events, whenDone);
    }
  }

  /** Ends all connections; {@link #connected} tells when that is done. */
  public void hangUp() {
    List.copyOf(attempts).forEach(DialAttempt::hangUp);
  }

  public boolean connected() {
    return attempts.stream().anyMatch(DialAttempt::connected);
  }

  private void resolve(DialRequest request, RasClientEvents events, Consumer<DialResult> whenDone) {
    SystemEvents system = new SystemEvents(machine.log());
    String name = request.server().toLowerCase(Locale.ROOT);
    if (settings.nameServer().isEmpty()) {
      system.nameQueried(name, 1460, List.of());
      fail(events, whenDone, RasErrors.DNSNAME_NOT_RESOLVABLE);
      return;
    }
    StubResolver resolver =
        new StubResolver(
            machine.network(),
            new InetSocketAddress(settings.nameServer().get(), DnsServer.PORT),
            StubResolverTimes.WINDOWS,
            machine.random());
    resolver
        .resolve(name)
        .addListener(
            (Future<DnsResult> asked) -> {
              DnsResult result = asked.isSuccess() ? asked.getNow() : new DnsResult.TimedOut();
              List<InetAddress> addresses =
                  result instanceof DnsResult.Addresses found ? found.addresses() : List.of();
              system.nameQueried(
                  name,
                  windowsStatus(result),
                  addresses.stream().map(InetAddress::getHostAddress).toList());
              if (addresses.isEmpty()) {
                fail(events, whenDone, RasErrors.DNSNAME_NOT_RESOLVABLE);
              } else {
                connect(request, events, addresses.get(0), whenDone);
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

  private void connect(
      DialRequest request,
      RasClientEvents events,
      InetAddress server,
      Consumer<DialResult> whenDone) {
    attempts.forEach(DialAttempt::release);
    attempts.removeIf(DialAttempt::over);
    DialAttempt attempt =
        new DialAttempt(machine, esp, settings, request, events, server, whenDone);
    attempts.add(attempt);
    attempt.start();
  }

  private static void fail(RasClientEvents events, Consumer<DialResult> whenDone, int code) {
    events.failed(code);
    whenDone.accept(new DialResult(code, ""));
  }

  private static boolean isAddress(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }
}
