package vpnlab.protocol.dhcp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.TimerId;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.dhcp.DhcpMessageType;
import vpnlab.wire.dhcp.DhcpOption;
import vpnlab.wire.dhcp.DhcpOptionCode;
import vpnlab.wire.ip.Ipv4Address;

/**
 * A DHCP client (RFC 2131 section 4.4) that leases any number of addresses for others, each under
 * an identifier of its own, on an interface that has an address already.
 *
 * <p>Whoever an address is leased for sits elsewhere, so this host cannot receive what is sent to
 * it. All answers are therefore asked for by broadcast, and a lease is prolonged by a DHCPREQUEST
 * with the address as an option and without ciaddr: the form that RFC 2131 section 4.3.2 has for a
 * client that starts again with an address that it knows.
 */
public final class DhcpClient implements Endpoint {
  private static final Ipv4Address BROADCAST = Ipv4Address.LIMITED_BROADCAST;

  /** RFC 2131 section 4.4.5: not more often than once a minute. */
  private static final Duration LEAST_WAIT = Duration.ofSeconds(60);

  /** A server may offer one address to several who ask at once, and then refuse all but one. */
  private static final int MOST_REFUSALS = 20;

  private static final long FOREVER = 0xffffffffL;
  private static final Duration A_CENTURY = Duration.ofDays(36_500);

  private static final DhcpOption PARAMETERS =
      new DhcpOption(
          DhcpOptionCode.PARAMETER_REQUEST_LIST,
          new OctetWriter()
              .u8(DhcpOptionCode.SUBNET_MASK.value())
              .u8(DhcpOptionCode.ROUTER.value())
              .u8(DhcpOptionCode.DOMAIN_NAME_SERVER.value())
              .u8(DhcpOptionCode.DOMAIN_NAME.value())
              .toOctets());

  private enum State {
    SELECTING,
    REQUESTING,
    BOUND,
    RENEWING,
    REBINDING
  }

  /** One address on its way from a server and back. */
  private static final class Transaction {
    private final Octets identifier;
    private final TimerId timer;
    private State state = State.SELECTING;
    private long id;
    private int tries;
    private int refusals;
    private Instant begun;
    private DhcpMessage offer;
    private DhcpLease lease;

    Transaction(Octets identifier) {
      this.identifier = identifier;
      this.timer = new TimerId("dhcp-" + identifier.toHex());
    }
  }

  private static final TimerId INFORM = new TimerId("dhcp-inform");

  private final DhcpClientConfig config;
  private final RandomSource random;
  private final Map<Octets, Transaction> transactions = new LinkedHashMap<>();
  private long informId = -1;
  private int informTries;

  public DhcpClient(DhcpClientConfig config, RandomSource random) {
    this.config = config;
    this.random = random;
  }

  @Override
  public List<Output> handle(Instant now, Input input) {
    List<Output> out = new ArrayList<>();
    if (input instanceof Input.Command command) {
      if (command.command() instanceof DhcpClientCommand.Obtain obtain) {
        obtain(now, obtain.identifier(), out);
      } else if (command.command() instanceof DhcpClientCommand.Release release) {
        giveUp(release.identifier(), DhcpMessageType.RELEASE, out);
      } else if (command.command() instanceof DhcpClientCommand.Decline decline) {
        giveUp(decline.identifier(), DhcpMessageType.DECLINE, out);
        obtain(now, decline.identifier(), out);
      } else if (command.command() instanceof DhcpClientCommand.Inform) {
        informId = newTransaction();
        informTries = 0;
        inform(out);
      }
    } else if (input instanceof Input.TimerFired fired) {
      if (fired.timer().equals(INFORM)) {
        inform(out);
      } else {
        transactions.values().stream()
            .filter(each -> each.timer.equals(fired.timer()))
            .findFirst()
            .ifPresent(each -> expired(now, each, out));
      }
    } else if (input instanceof Input.DatagramReceived datagram) {
      try {
        DhcpMessage message = DhcpMessage.decode(datagram.payload());
        if (message.operation() == DhcpMessage.BOOT_REPLY) {
          heard(now, message, out);
        }
      } catch (MalformedMessageException e) {
        return out; // RFC 2131 section 4.4: silently discarded
      }
    }
    return out;
  }

  private void obtain(Instant now, Octets identifier, List<Output> out) {
    if (!transactions.containsKey(identifier)) {
      Transaction fresh = new Transaction(identifier);
      fresh.begun = now;
      fresh.id = newTransaction();
      transactions.put(identifier, fresh);
      discover(now, fresh, out);
    }
  }

  private void discover(Instant now, Transaction each, List<Output> out) {
    each.state = State.SELECTING;
    send(now, each, DhcpMessageType.DISCOVER, List.of(PARAMETERS), BROADCAST, out);
    out.add(new Output.SetTimer(each.timer, patience(each.tries++)));
  }

  private void request(Instant now, Transaction each, List<Output> out) {
    each.state = State.REQUESTING;
    List<DhcpOption> options =
        List.of(
            DhcpOption.address(DhcpOptionCode.REQUESTED_ADDRESS, each.offer.yourAddress()),
            DhcpOption.address(
                DhcpOptionCode.SERVER_IDENTIFIER,
                each.offer.address(DhcpOptionCode.SERVER_IDENTIFIER).orElseThrow()),
            PARAMETERS);
    send(now, each, DhcpMessageType.REQUEST, options, BROADCAST, out);
    out.add(new Output.SetTimer(each.timer, patience(each.tries++)));
  }

  /** Asks for more time: the lease's server first, later any. */
  private void prolong(Instant now, Transaction each, List<Output> out) {
    boolean renewing = now.isBefore(each.lease.rebind());
    each.state = renewing ? State.RENEWING : State.REBINDING;
    List<DhcpOption> options =
        List.of(
            DhcpOption.address(DhcpOptionCode.REQUESTED_ADDRESS, each.lease.address()), PARAMETERS);
    Ipv4Address to = renewing ? each.lease.server() : BROADCAST;
    send(now, each, DhcpMessageType.REQUEST, options, to, out);
    Instant end = renewing ? each.lease.rebind() : each.lease.expires();
    Duration left = Duration.between(now, end);
    Duration half = left.dividedBy(2);
    Duration wait = half.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : half;
    out.add(new Output.SetTimer(each.timer, wait.compareTo(left) < 0 ? wait : left));
  }

  private void expired(Instant now, Transaction each, List<Output> out) {
    if (each.lease != null) {
      if (now.isBefore(each.lease.expires())) {
        if (each.state == State.BOUND) {
          each.begun = now;
          each.id = newTransaction();
        }
        prolong(now, each, out);
      } else {
        lose(each, false, out);
      }
    } else if (each.tries < config.patience().size()) {
      if (each.state == State.REQUESTING) {
        request(now, each, out);
      } else {
        discover(now, each, out);
      }
    } else {
      transactions.remove(each.identifier);
      out.add(new Output.Notify(new DhcpClientEvent.NoAnswer(each.identifier)));
    }
  }

  private void lose(Transaction each, boolean refused, List<Output> out) {
    transactions.remove(each.identifier);
    out.add(new Output.CancelTimer(each.timer));
    out.add(
        new Output.Notify(
            new DhcpClientEvent.Lost(each.identifier, each.lease.address(), refused)));
  }

  private void giveUp(Octets identifier, DhcpMessageType how, List<Output> out) {
    Transaction ended = transactions.remove(identifier);
    if (ended == null) {
      return;
    }
    out.add(new Output.CancelTimer(ended.timer));
    if (ended.lease == null) {
      return;
    }
    // RFC 2131 table 5: a release has the address in ciaddr, a decline as an option.
    boolean release = how.equals(DhcpMessageType.RELEASE);
    List<DhcpOption> options = new ArrayList<>(head(how, identifier));
    options.add(DhcpOption.address(DhcpOptionCode.SERVER_IDENTIFIER, ended.lease.server()));
    if (!release) {
      options.add(DhcpOption.address(DhcpOptionCode.REQUESTED_ADDRESS, ended.lease.address()));
    }
    Ipv4Address own = release ? ended.lease.address() : Ipv4Address.ANY;
    DhcpMessage message = DhcpMessage.request(newTransaction(), config.hardware(), own, options);
    transmit(message, release ? ended.lease.server() : BROADCAST, out);
  }

  private void heard(Instant now, DhcpMessage message, List<Output> out) {
    Optional<DhcpMessageType> type = message.type();
    if (type.isEmpty()) {
      return;
    }
    if (message.transaction() == informId && type.get().equals(DhcpMessageType.ACK)) {
      informId = -1;
      out.add(new Output.CancelTimer(INFORM));
      out.add(new Output.Notify(new DhcpClientEvent.Exchanged(message, false)));
      out.add(new Output.Notify(new DhcpClientEvent.Informed(message)));
      return;
    }
    transactions.values().stream()
        .filter(each -> each.id == message.transaction() && each.state != State.BOUND)
        .findFirst()
        .ifPresent(each -> heard(now, each, message, type.get(), out));
  }

  private void heard(
      Instant now, Transaction each, DhcpMessage message, DhcpMessageType type, List<Output> out) {
    Optional<Ipv4Address> server = message.address(DhcpOptionCode.SERVER_IDENTIFIER);
    boolean usable = server.isPresent() && !message.yourAddress().isAny();
    if (type.equals(DhcpMessageType.OFFER) && each.state == State.SELECTING && usable) {
      note(message, out);
      each.offer = message;
      each.tries = 0;
      request(now, each, out);
    } else if (type.equals(DhcpMessageType.ACK) && each.state != State.SELECTING && usable) {
      note(message, out);
      boolean renewed = each.lease != null;
      each.lease = lease(now, server.get(), message);
      each.state = State.BOUND;
      out.add(new Output.SetTimer(each.timer, Duration.between(now, each.lease.renew())));
      out.add(new Output.Notify(new DhcpClientEvent.Bound(each.identifier, each.lease, renewed)));
    } else if (type.equals(DhcpMessageType.NAK) && each.state != State.SELECTING) {
      note(message, out);
      if (each.lease != null) {
        lose(each, true, out);
      } else if (++each.refusals > MOST_REFUSALS) {
        transactions.remove(each.identifier);
        out.add(new Output.CancelTimer(each.timer));
        out.add(new Output.Notify(new DhcpClientEvent.NoAnswer(each.identifier)));
      } else {
        each.id = newTransaction();
        each.tries = 0;
        discover(now, each, out);
      }
    }
  }

  private static void note(DhcpMessage message, List<Output> out) {
    out.add(new Output.Notify(new DhcpClientEvent.Exchanged(message, false)));
  }

  /** T1 is half of the time and T2 seven eighths, unless the server says otherwise. */
  private static DhcpLease lease(Instant now, Ipv4Address server, DhcpMessage ack) {
    long seconds = Math.max(1, ack.seconds(DhcpOptionCode.LEASE_TIME).orElse(FOREVER));
    Duration whole = seconds == FOREVER ? A_CENTURY : Duration.ofSeconds(seconds);
    Duration renew = part(ack, DhcpOptionCode.RENEWAL_TIME, whole.dividedBy(2), whole);
    Duration rebind =
        part(ack, DhcpOptionCode.REBINDING_TIME, whole.multipliedBy(7).dividedBy(8), whole);
    return new DhcpLease(
        ack.yourAddress(),
        server,
        now.plus(renew.compareTo(rebind) < 0 ? renew : rebind),
        now.plus(rebind),
        now.plus(whole));
  }

  private static Duration part(
      DhcpMessage ack, DhcpOptionCode code, Duration usual, Duration whole) {
    Duration said = Duration.ofSeconds(ack.seconds(code).orElse(FOREVER));
    return said.compareTo(whole) <= 0 ? said : usual;
  }

  private void inform(List<Output> out) {
    if (informId < 0 || informTries >= config.patience().size()) {
      informId = -1;
      return;
    }
    List<DhcpOption> options = new ArrayList<>(head(DhcpMessageType.INFORM, Octets.EMPTY));
    options.add(PARAMETERS);
    transmit(
        DhcpMessage.request(informId, config.hardware(), config.adapter(), options),
        BROADCAST,
        out);
    out.add(new Output.SetTimer(INFORM, patience(informTries++)));
  }

  private void send(
      Instant now,
      Transaction each,
      DhcpMessageType type,
      List<DhcpOption> more,
      Ipv4Address to,
      List<Output> out) {
    List<DhcpOption> options = new ArrayList<>(head(type, each.identifier));
    options.addAll(more);
    DhcpMessage message =
        DhcpMessage.request(each.id, config.hardware(), Ipv4Address.ANY, options)
            .after((int) Math.min(0xffff, Duration.between(each.begun, now).toSeconds()));
    transmit(message, to, out);
  }

  private List<DhcpOption> head(DhcpMessageType type, Octets identifier) {
    List<DhcpOption> options = new ArrayList<>();
    options.add(DhcpOption.messageType(type));
    if (!identifier.isEmpty()) {
      options.add(new DhcpOption(DhcpOptionCode.CLIENT_IDENTIFIER, identifier));
    }
    addText(options, DhcpOptionCode.VENDOR_CLASS, config.vendorClass());
    addText(options, DhcpOptionCode.USER_CLASS, config.userClass());
    return options;
  }

  private static void addText(List<DhcpOption> options, DhcpOptionCode code, String text) {
    if (!text.isEmpty()) {
      options.add(new DhcpOption(code, Octets.ofText(text, StandardCharsets.US_ASCII)));
    }
  }

  private void transmit(DhcpMessage message, Ipv4Address to, List<Output> out) {
    InetSocketAddress local = config.adapter().at(DhcpMessage.CLIENT_PORT);
    out.add(new Output.Notify(new DhcpClientEvent.Exchanged(message, true)));
    out.add(new Output.Transmit(local, to.at(DhcpMessage.SERVER_PORT), message.encode()));
  }

  private Duration patience(int tries) {
    long jitter = config.jitter().toMillis();
    long span = 2 * jitter + 1;
    long draw = Math.floorMod(newTransaction(), span) - jitter;
    return config.patience().get(tries).plusMillis(draw);
  }

  private long newTransaction() {
    Octets drawn = random.octets(4);
    return (long) drawn.at(0) << 24 | drawn.at(1) << 16 | drawn.at(2) << 8 | drawn.at(3);
  }
}
