package vpnlab.lab.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import vpnlab.lab.DialResult;
import vpnlab.lab.datapath.EspDriver;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.RasClientEvents;
import vpnlab.network.dns.DnsResult;
import vpnlab.wire.ip.Ipv4Address;

/** The RAS client of a computer: resolves the server's name, dials, keeps connections. */
public final class Dialer {
  /**
   * How often the server's name is asked for when nobody answers. The resolver's own five queries
   * are not enough on a bad line: with a loss of 20 % on the way there and on the way back, one
   * attempt in 165 would end for want of a name that everybody knows.
   */
  private static final int RESOLUTIONS = 3;

  private final Machine machine;
  private final ClientSettings settings;
  private final Optional<TokenBroker> broker;
  private final EspDriver esp;
  private final DnsClient names;
  private final List<DialAttempt> attempts = new ArrayList<>();

  public Dialer(Machine machine, ClientSettings settings) {
    this(machine, settings, Optional.empty());
  }

  /**
   * @param broker fetches certificates for conditional access; empty on a computer that no cloud
   *     knows
   */
  public Dialer(Machine machine, ClientSettings settings, Optional<TokenBroker> broker) {
    this.machine = machine;
    this.settings = settings;
    this.broker = broker;
    this.esp = new EspDriver(machine);
    this.names = new DnsClient(machine, this::nameServers);
  }

  /** Dials; {@code whenDone} hears the outcome on the network's thread, once. */
  public void dial(DialRequest request, Consumer<DialResult> whenDone) {
    if (broker.isEmpty() || !request.access().deviceCompliance()) {
      dialNow(request, whenDone);
      return;
    }
    broker
        .get()
        .obtain(
            request.user(),
            request.access().oops(),
            new TokenBroker.Listener() {
              @Override
              public void dial() {
                dialNow(request, whenDone);
              }

              @Override
              public void waiting() {
                whenDone.accept(new DialResult(RasErrors.PENDING, ""));
              }
            });
  }

  private void dialNow(DialRequest request, Consumer<DialResult> whenDone) {
    RasClientEvents events =
        new RasClientEvents(
            machine.log(),
            machine.correlationId(),
            request.user().isEmpty() ? "SYSTEM" : request.user(),
            request.connection(),
            request.server());
    events.dialing(request.authentication(), request.mobike());
    if (request.address().isPresent()) {
      connect(request, events, request.address().get(), whenDone);
    } else if (isAddress(request.server())) {
      connect(request, events, Ipv4Address.parse(request.server()).toInetAddress(), whenDone);
    } else {
      resolve(request, events, 1, whenDone);
    }
  }

  /** Ends all connections; {@link #connected} tells when that is done. */
  public void hangUp() {
    List.copyOf(attempts).forEach(DialAttempt::hangUp);
  }

  public boolean connected() {
    return attempts.stream().anyMatch(DialAttempt::connected);
  }

  /** Whether a connection is about to follow a change of network. */
  public boolean moving() {
    return attempts.stream().anyMatch(DialAttempt::moving);
  }

  /** What has become of the last attempt: 0 and an inner address, or why there is none. */
  public DialResult state() {
    return attempts.isEmpty()
        ? new DialResult(RasErrors.USER_DISCONNECTION, "")
        : attempts.get(attempts.size() - 1).state();
  }

  private void resolve(
      DialRequest request, RasClientEvents events, int asked, Consumer<DialResult> whenDone) {
    names.resolve(
        request.server(),
        result -> {
          if (result instanceof DnsResult.Addresses found) {
            connect(request, events, found.addresses().get(0), whenDone);
          } else if (result instanceof DnsResult.TimedOut && asked < RESOLUTIONS) {
            resolve(request, events, asked + 1, whenDone);
          } else {
            fail(events, whenDone, RasErrors.DNSNAME_NOT_RESOLVABLE);
          }
        });
  }

  private List<InetAddress> nameServers() {
    List<InetAddress> servers = new ArrayList<>();
    for (DialAttempt attempt : attempts) {
      attempt.tunnel().ifPresent(tunnel -> servers.addAll(tunnel.nameServers()));
    }
    settings.nameServer().ifPresent(servers::add);
    return servers;
  }

  /** What the user runs on this computer; names are asked of the tunnel's servers first. */
  public Programs programs() {
    return new Programs(
        machine,
        (name, then) ->
            names.resolve(
                name, result -> then.accept(result, Programs.NameResolution.text(result))));
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
