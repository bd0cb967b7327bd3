package vpnlab.lab.servers;

import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.RemoteAccessEvents;
import vpnlab.lab.spec.RrasSpec.DhcpPoolSpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.dhcp.DhcpClient;
import vpnlab.protocol.dhcp.DhcpClientCommand;
import vpnlab.protocol.dhcp.DhcpClientConfig;
import vpnlab.protocol.dhcp.DhcpClientEvent;
import vpnlab.protocol.ike.IkeSaId;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.dhcp.DhcpOptionCode;
import vpnlab.wire.ip.Ipv4Address;

/**
 * RRAS's addresses from DHCP, as Microsoft's KB216805 tells it: when the service starts, it leases
 * a block of ten under identifiers of its own, keeps the first for itself and hands out the others;
 * when they are used up, it leases ten more. Addresses that clients give back stay leased for the
 * next ones. Options of the leases are not looked at; name servers are those of the adapter, which
 * asks for them with DHCPINFORM when it has none of its own. While no server answers, clients get
 * automatic private addresses (169.254.0.1 to 169.254.255.254), and RRAS asks again every five
 * minutes.
 */
final class DhcpAddressSource implements AddressSource {
  private static final List<Duration> PATIENCE =
      List.of(Duration.ofSeconds(4), Duration.ofSeconds(8));
  private static final Duration ASK_AGAIN = Duration.ofMinutes(5);
  private static final int PRIVATE_PREFIX = 169 << 24 | 254 << 16;

  private record Waiting(IkeSaId holder, Consumer<Optional<Inet4Address>> answer) {}

  private final Machine machine;
  private final DhcpPoolSpec spec;
  private final RemoteAccessEvents events;
  private final Consumer<IkeSaId> lost;
  private final Octets hardware;

  /** What is leased, by identifier, in the order of leasing. */
  private final Map<Octets, Ipv4Address> leased = new LinkedHashMap<>();

  private final TreeMap<Ipv4Address, Octets> free = new TreeMap<>();
  private final Map<IkeSaId, Ipv4Address> handedOut = new HashMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private List<Ipv4Address> nameServers = List.of();
  private EndpointMount mount;
  private Octets own;
  private int identifiers;
  private int unanswered;
  private boolean silent;

  private DhcpAddressSource(
      Machine machine,
      DhcpPoolSpec spec,
      RemoteAccessEvents events,
      Consumer<IkeSaId> lost,
      InetAddress adapter) {
    this.machine = machine;
    this.spec = spec;
    this.events = events;
    this.lost = lost;
    this.hardware = machine.network().hardwareAddress(adapter);
  }

  /**
   * Leases the first block.
   *
   * @param lost hears of sessions whose address must not be used any more
   * @throws BindException when the host has a DHCP client already
   */
  static DhcpAddressSource start(
      Machine machine, DhcpPoolSpec spec, RemoteAccessEvents events, Consumer<IkeSaId> lost)
      throws BindException {
    InetAddress adapter =
        spec.adapter().isEmpty()
            ? machine.network().address()
            : machine.network().addressOn(spec.adapter()).orElseThrow();
    DhcpAddressSource source = new DhcpAddressSource(machine, spec, events, lost, adapter);
    DhcpClientConfig config =
        new DhcpClientConfig(
            Ipv4Address.of(adapter),
            source.hardware,
            PATIENCE,
            Duration.ofSeconds(1),
            "MSFT 5.0",
            "RRAS.Microsoft");
    source.mount =
        EndpointMount.mount(
            machine.network(),
            new DhcpClient(config, machine.random()),
            source::hear,
            DhcpMessage.CLIENT_PORT);
    source.mount.command(new DhcpClientCommand.Inform());
    source.leaseBlock();
    return source;
  }

  private void leaseBlock() {
    for (int i = 0; i < spec.block(); i++) {
      Octets identifier = identifier(identifiers++);
      if (own == null) {
        own = identifier;
      }
      unanswered++;
      mount.command(new DhcpClientCommand.Obtain(identifier));
    }
  }

  /** Hardware type, the letters {@code RAS }, the adapter's address and a number. */
  private Octets identifier(int number) {
    return new OctetWriter()
        .u8(DhcpMessage.ETHERNET)
        .octets(Octets.ofText("RAS ", StandardCharsets.US_ASCII))
        .octets(hardware)
        .u32(Integer.reverseBytes(number) & 0xffffffffL)
        .zeros(2)
        .toOctets();
  }

  private void hear(ProtocolEvent event) {
    if (event instanceof DhcpClientEvent.Exchanged exchanged) {
      if (exchanged.sent()) {
        machine
            .observer()
            .note(machine.name(), "sends " + DhcpService.describe(exchanged.message()));
      }
    } else if (event instanceof DhcpClientEvent.Informed informed) {
      nameServers = informed.parameters().addresses(DhcpOptionCode.DOMAIN_NAME_SERVER);
    } else if (event instanceof DhcpClientEvent.Bound bound) {
      bound(bound);
    } else if (event instanceof DhcpClientEvent.NoAnswer none) {
      unanswered--;
      if (none.identifier().equals(own)) {
        own = null;
      }
      if (unanswered == 0) {
        concluded();
      }
    } else if (event instanceof DhcpClientEvent.Lost gone) {
      lost(gone);
    }
  }

  private void bound(DhcpClientEvent.Bound bound) {
    if (bound.renewed()) {
      return;
    }
    unanswered--;
    silent = false;
    Ipv4Address address = bound.lease().address();
    leased.put(bound.identifier(), address);
    if (bound.identifier().equals(own)) {
      events.serverAdapterAddress(address.toString());
    } else {
      free.put(address, bound.identifier());
    }
    serve();
    if (unanswered == 0) {
      concluded();
    }
  }

  /** Hands what is free to those who wait. */
  private void serve() {
    while (!waiting.isEmpty() && !free.isEmpty()) {
      Waiting next = waiting.remove();
      Ipv4Address address = free.pollFirstEntry().getKey();
      handedOut.put(next.holder(), address);
      next.answer().accept(Optional.of(address(address)));
    }
  }

  /** Every question of a block has its answer or will never have one. */
  private void concluded() {
    if (waiting.isEmpty() && !leased.isEmpty()) {
      return;
    }
    if (!silent) {
      silent = true;
      events.automaticAddresses(randomPrivate().toString());
      machine
          .network()
          .eventLoop()
          .schedule(this::askAgain, ASK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    }
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      next.answer().accept(Optional.of(automatic(next.holder())));
    }
  }

  private void askAgain() {
    if (silent && unanswered == 0) {
      silent = false;
      leaseBlock();
    }
  }

  private Inet4Address automatic(IkeSaId holder) {
    Ipv4Address address = randomPrivate();
    while (handedOut.containsValue(address)) {
      address = randomPrivate();
    }
    handedOut.put(holder, address);
    return address(address);
  }

  private Ipv4Address randomPrivate() {
    Octets drawn = machine.random().octets(2);
    int within = (drawn.at(0) << 8 | drawn.at(1)) % 0xfffe + 1;
    return new Ipv4Address(PRIVATE_PREFIX | within);
  }

  private void lost(DhcpClientEvent.Lost gone) {
    leased.remove(gone.identifier());
    free.remove(gone.address());
    if (gone.identifier().equals(own)) {
      own = null;
    }
    Optional<IkeSaId> holder =
        handedOut.entrySet().stream()
            .filter(entry -> entry.getValue().equals(gone.address()))
            .map(Map.Entry::getKey)
            .findFirst();
    events.leaseLost(gone.address().toString());
    holder.ifPresent(
        each -> {
          handedOut.remove(each);
          lost.accept(each);
        });
  }

  @Override
  public void lease(IkeSaId holder, Consumer<Optional<Inet4Address>> answer) {
    waiting.add(new Waiting(holder, answer));
    serve();
    if (!waiting.isEmpty() && unanswered == 0) {
      if (silent) {
        concluded();
      } else {
        leaseBlock();
      }
    }
  }

  @Override
  public Optional<Inet4Address> release(IkeSaId holder) {
    waiting.removeIf(each -> each.holder().equals(holder));
    Ipv4Address address = handedOut.remove(holder);
    if (address == null) {
      return Optional.empty();
    }
    leased.forEach(
        (identifier, each) -> {
          if (each.equals(address)) {
            free.put(address, identifier);
          }
        });
    return Optional.of(address(address));
  }

  @Override
  public List<Ipv4Address> nameServers() {
    return nameServers;
  }

  private static Inet4Address address(Ipv4Address address) {
    return (Inet4Address) address.toInetAddress();
  }
}
