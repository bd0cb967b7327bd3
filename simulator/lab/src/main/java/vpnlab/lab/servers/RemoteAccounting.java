package vpnlab.lab.servers;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.RemoteAccessEvents;
import vpnlab.lab.spec.RrasSpec.RadiusServerSpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.ike.IkeEvent;
import vpnlab.protocol.radius.RadiusClient;
import vpnlab.protocol.radius.RadiusClientCommand;
import vpnlab.protocol.radius.RadiusClientConfig;
import vpnlab.protocol.radius.RadiusClientEvent;
import vpnlab.protocol.radius.RadiusServerAddress;
import vpnlab.protocol.radius.RetransmissionPolicy;
import vpnlab.protocol.radius.SharedSecret;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.radius.AcctStatusType;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;

/**
 * RADIUS accounting of RRAS (RFC 2866): a Start for each session, Interim-Updates when the
 * Access-Accept asks for them, a Stop.
 */
final class RemoteAccounting implements SessionObserver {
  private static final int BY_RADIUS = 1;

  /** RFC 2869, section 5.16: no shorter interval. */
  private static final long SHORTEST_INTERIM = 60;

  private final Machine machine;
  private final RemoteAccessEvents events;
  private final EndpointMount mount;
  private final InetAddress local;
  private final InetAddress server;
  private final Map<RemoteSession, Account> accounts = new HashMap<>();
  private long lastHandle;

  /** What is counted for one session. */
  private static final class Account {
    final String id;
    final List<ScheduledFuture<?>> timers = new ArrayList<>();

    Account(String id) {
      this.id = id;
    }
  }

  private RemoteAccounting(Machine machine, List<RadiusServerSpec> servers) throws BindException {
    this.machine = machine;
    this.events = new RemoteAccessEvents(machine.log());
    List<RadiusServerAddress> addresses = new ArrayList<>();
    for (RadiusServerSpec server : servers) {
      addresses.add(
          new RadiusServerAddress(
              new InetSocketAddress(
                  Ipv4Address.parse(server.address()).toInetAddress(), server.accountingPort()),
              SharedSecret.of(server.secret())));
    }
    server = addresses.get(0).address().getAddress();
    local = machine.network().sourceFor(server);
    RetransmissionPolicy policy =
        new RetransmissionPolicy(servers.get(0).timeout(), servers.get(0).retries());
    mount =
        EndpointMount.mount(
            machine.network(),
            bound ->
                new RadiusClient(
                    new RadiusClientConfig(
                        bound.stream()
                            .map(each -> new InetSocketAddress(local, each.getPort()))
                            .toList(),
                        addresses,
                        policy,
                        false),
                    machine.random()),
            this::hear,
            0);
  }

  /** Empty when no server wants accounting. */
  static Optional<SessionObserver> of(Machine machine, List<RadiusServerSpec> all)
      throws BindException {
    List<RadiusServerSpec> servers = all.stream().filter(RadiusServerSpec::accounting).toList();
    return servers.isEmpty()
        ? Optional.empty()
        : Optional.of(new RemoteAccounting(machine, servers));
  }

  @Override
  public void established(RemoteSession session, IkeEvent.Established established) {
    // Who was not accepted by RADIUS is not its affair, e.g. a machine with a certificate.
    if (session.granted().isEmpty()) {
      return;
    }
    Account account = new Account(Long.toString(session.sa().number()));
    accounts.put(session, account);
    send(session, account, AcctStatusType.START, List.of());
    OptionalLong interim = session.granted(RadiusAttributeType.ACCT_INTERIM_INTERVAL);
    if (interim.isPresent()) {
      Duration interval = Duration.ofSeconds(Math.max(SHORTEST_INTERIM, interim.getAsLong()));
      interim(session, account, interval);
    }
  }

  private void interim(RemoteSession session, Account account, Duration interval) {
    after(
        account,
        interval,
        () -> {
          send(session, account, AcctStatusType.INTERIM_UPDATE, counts(session));
          interim(session, account, interval);
        });
  }

  private void after(Account account, Duration delay, Runnable task) {
    account.timers.removeIf(timer -> timer.isDone());
    account.timers.add(
        machine.network().eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public void ended(RemoteSession session) {
    Account account = accounts.remove(session);
    if (account == null) {
      return;
    }
    account.timers.forEach(timer -> timer.cancel(false));
    List<RadiusAttribute> end = new ArrayList<>(counts(session));
    end.add(session.terminateCause().toAttribute());
    send(session, account, AcctStatusType.STOP, end);
  }

  private List<RadiusAttribute> counts(RemoteSession session) {
    List<RadiusAttribute> counts = new ArrayList<>();
    Duration since = Duration.between(session.established(), machine.now());
    counts.add(
        RadiusAttribute.integer(
            RadiusAttributeType.ACCT_SESSION_TIME, Math.max(0, since.toSeconds())));
    session
        .traffic()
        .ifPresent(
            traffic -> {
              count(counts, RadiusAttributeType.ACCT_INPUT_OCTETS, traffic.octetsIn());
              count(counts, RadiusAttributeType.ACCT_OUTPUT_OCTETS, traffic.octetsOut());
              count(counts, RadiusAttributeType.ACCT_INPUT_PACKETS, traffic.packetsIn());
              count(counts, RadiusAttributeType.ACCT_OUTPUT_PACKETS, traffic.packetsOut());
            });
    return counts;
  }

  private static void count(List<RadiusAttribute> counts, RadiusAttributeType type, long value) {
    // The counters are 32 bits and begin anew behind them (RFC 2869, section 5.1).
    counts.add(RadiusAttribute.integer(type, value & 0xffffffffL));
  }

  private void send(
      RemoteSession session,
      Account account,
      AcctStatusType status,
      List<RadiusAttribute> further) {
    List<RadiusAttribute> attributes = new ArrayList<>();
    attributes.add(status.toAttribute());
    attributes.addAll(
        NasAttributes.of(machine, local, session.user(), session.remote(), session.port()));
    attributes.add(RadiusAttribute.text(RadiusAttributeType.ACCT_SESSION_ID, account.id));
    attributes.add(RadiusAttribute.integer(RadiusAttributeType.ACCT_AUTHENTIC, BY_RADIUS));
    attributes.add(
        RadiusAttribute.integer(
            RadiusAttributeType.EVENT_TIMESTAMP, machine.now().getEpochSecond()));
    session
        .address()
        .ifPresent(
            address ->
                attributes.add(
                    RadiusAttribute.address(RadiusAttributeType.FRAMED_IP_ADDRESS, address)));
    session.granted().stream()
        .filter(attribute -> attribute.type().equals(RadiusAttributeType.CLASS))
        .forEach(attributes::add);
    attributes.addAll(further);
    machine.observer().message(machine.name(), server, "RADIUS Accounting-Request " + status);
    mount.command(new RadiusClientCommand.SendAccountingRequest(++lastHandle, attributes));
  }

  private void hear(ProtocolEvent event) {
    if (event instanceof RadiusClientEvent.ServerSilent silent) {
      events.accountingLost(silent.server().getAddress().getHostAddress());
    } else if (event instanceof RadiusClientEvent.ResponseDropped dropped) {
      machine
          .observer()
          .note(
              machine.name(),
              "dropped a RADIUS answer: " + dropped.reason() + " " + dropped.detail());
    }
  }
}
