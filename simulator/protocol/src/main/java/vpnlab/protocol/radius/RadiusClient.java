package vpnlab.protocol.radius;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.TimerId;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.VendorAttribute;

/**
 * A RADIUS client for authentication (RFC 2865, 3579) and accounting (RFC 2866): what a VPN server
 * runs to ask NPS. Sends requests again and to further servers, and takes only responses that are
 * genuine.
 */
public final class RadiusClient implements Endpoint {
  private static final String TIMER = "radius-";

  private final RadiusClientConfig config;
  private final RandomSource random;
  private final Map<Long, Pending> byHandle = new HashMap<>();
  private final Map<Slot, Long> bySlot = new HashMap<>();
  private final Map<Integer, Integer> nextIdentifier = new HashMap<>();

  /** Where an identifier is taken: a response comes back to the same port from the same server. */
  private record Slot(int localPort, InetSocketAddress server, int identifier) {}

  /** What the owner wants sent, whatever packets that takes. */
  private record Ask(
      long handle,
      RadiusCode code,
      List<RadiusAttribute> attributes,
      Optional<String> password,
      Instant begun) {
    boolean isAccounting() {
      return code.equals(RadiusCode.ACCOUNTING_REQUEST);
    }
  }

  private record Pending(
      Ask ask,
      List<RadiusServerAddress> serversLeft,
      InetSocketAddress local,
      Slot slot,
      Octets authenticator,
      Octets octets,
      int retransmissionsLeft) {
    RadiusServerAddress server() {
      return serversLeft.get(0);
    }

    Pending retransmitted() {
      return new Pending(
          ask, serversLeft, local, slot, authenticator, octets, retransmissionsLeft - 1);
    }
  }

  public RadiusClient(RadiusClientConfig config, RandomSource random) {
    this.config = config;
    this.random = random;
  }

  @Override
  public List<Output> handle(Instant now, Input input) {
    if (input instanceof Input.DatagramReceived datagram) {
      return datagram(datagram);
    }
    if (input instanceof Input.TimerFired fired) {
      return timer(now, fired.timer());
    }
    if (input instanceof Input.Command command) {
      if (command.command() instanceof RadiusClientCommand.SendAccessRequest request) {
        return begin(now, request);
      }
      if (command.command() instanceof RadiusClientCommand.SendAccountingRequest request) {
        return begin(now, request);
      }
      if (command.command() instanceof RadiusClientCommand.Cancel cancel) {
        return forget(cancel.handle());
      }
    }
    return List.of();
  }

  /** Requests that still await a response. */
  public int underWay() {
    return byHandle.size();
  }

  private List<Output> begin(Instant now, RadiusClientCommand.SendAccessRequest request) {
    // What the owner sends often comes from a remote peer, so a second request is no bug here.
    forget(request.handle());
    List<RadiusServerAddress> servers = new ArrayList<>(config.servers());
    request
        .server()
        .ifPresent(
            first -> {
              List<RadiusServerAddress> preferred =
                  servers.stream().filter(s -> s.address().equals(first)).toList();
              servers.removeAll(preferred);
              servers.addAll(0, preferred);
            });
    Ask ask =
        new Ask(
            request.handle(),
            RadiusCode.ACCESS_REQUEST,
            request.attributes(),
            request.password(),
            now);
    return ask(now, ask, servers);
  }

  private List<Output> begin(Instant now, RadiusClientCommand.SendAccountingRequest request) {
    forget(request.handle());
    Ask ask =
        new Ask(
            request.handle(),
            RadiusCode.ACCOUNTING_REQUEST,
            request.attributes(),
            Optional.empty(),
            now);
    return ask(now, ask, config.servers());
  }

  private List<Output> ask(Instant now, Ask ask, List<RadiusServerAddress> servers) {
    return ask(now, ask, servers, config.policy().retransmissions());
  }

  private List<Output> ask(Instant now, Ask ask, List<RadiusServerAddress> servers, int left) {
    RadiusServerAddress server = servers.get(0);
    for (InetSocketAddress local : config.locals()) {
      Optional<Slot> slot = freeSlot(local.getPort(), server.address());
      if (slot.isPresent()) {
        return transmitNew(now, ask, servers, local, slot.get(), left);
      }
    }
    return List.of(
        new Output.Notify(new RadiusClientEvent.NotSent(ask.handle(), "no identifier is free")));
  }

  private List<Output> transmitNew(
      Instant now,
      Ask ask,
      List<RadiusServerAddress> servers,
      InetSocketAddress local,
      Slot slot,
      int left) {
    SharedSecret secret = servers.get(0).secret();
    Octets authenticator = random.octets(RadiusPacket.AUTHENTICATOR);
    List<RadiusAttribute> attributes = new ArrayList<>(ask.attributes());
    if (ask.isAccounting()) {
      long delay = Math.max(0, Duration.between(ask.begun(), now).toSeconds());
      attributes.add(RadiusAttribute.integer(RadiusAttributeType.ACCT_DELAY_TIME, delay));
    }
    ask.password()
        .map(password -> Octets.ofText(password, StandardCharsets.UTF_8))
        .map(password -> secret.hidePassword(password, authenticator))
        .map(hidden -> new RadiusAttribute(RadiusAttributeType.USER_PASSWORD, hidden))
        .ifPresent(attributes::add);
    RadiusPacket packet =
        new RadiusPacket(ask.code(), slot.identifier(), authenticator, attributes);
    if (!SharedSecret.fitsSigned(packet)) {
      return List.of(
          new Output.Notify(new RadiusClientEvent.NotSent(ask.handle(), "it exceeds 4096 octets")));
    }
    RadiusPacket signed =
        ask.isAccounting() ? secret.signAccountingRequest(packet) : secret.signRequest(packet);
    Pending pending =
        new Pending(
            ask, List.copyOf(servers), local, slot, signed.authenticator(), signed.encode(), left);
    bySlot.put(slot, ask.handle());
    return transmit(pending);
  }

  private List<Output> transmit(Pending pending) {
    long handle = pending.ask().handle();
    byHandle.put(handle, pending);
    return List.of(
        new Output.Transmit(pending.local(), pending.server().address(), pending.octets()),
        new Output.SetTimer(timerOf(handle), config.policy().timeout()));
  }

  private Optional<Slot> freeSlot(int port, InetSocketAddress server) {
    int first = nextIdentifier.computeIfAbsent(port, p -> random.octets(1).at(0));
    for (int i = 0; i < 256; i++) {
      Slot slot = new Slot(port, server, (first + i) & 0xff);
      if (!bySlot.containsKey(slot)) {
        // Round robin, so that a late response does not meet a new request of its identifier.
        nextIdentifier.put(port, (slot.identifier() + 1) & 0xff);
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  private List<Output> timer(Instant now, TimerId timer) {
    Pending pending =
        timer.name().startsWith(TIMER)
            ? byHandle.get(Long.valueOf(timer.name().substring(TIMER.length())))
            : null;
    if (pending == null) {
      return List.of();
    }
    if (pending.retransmissionsLeft() > 0) {
      return again(now, pending);
    }
    long handle = pending.ask().handle();
    release(pending);
    List<Output> outputs = new ArrayList<>();
    outputs.add(
        new Output.Notify(new RadiusClientEvent.ServerSilent(handle, pending.server().address())));
    List<RadiusServerAddress> left = pending.serversLeft().subList(1, pending.serversLeft().size());
    if (left.isEmpty()) {
      outputs.add(new Output.Notify(new RadiusClientEvent.TimedOut(handle)));
    } else {
      outputs.addAll(ask(now, pending.ask(), left));
    }
    return outputs;
  }

  private List<Output> again(Instant now, Pending pending) {
    if (!pending.ask().isAccounting()) {
      return transmit(pending.retransmitted());
    }
    release(pending);
    return ask(now, pending.ask(), pending.serversLeft(), pending.retransmissionsLeft() - 1);
  }

  private List<Output> datagram(Input.DatagramReceived datagram) {
    RadiusPacket packet;
    try {
      packet = RadiusPacket.decode(datagram.payload());
    } catch (MalformedMessageException e) {
      return dropped(datagram, RadiusClientEvent.DropReason.MALFORMED, e.getMessage());
    }
    Slot slot = new Slot(datagram.local().getPort(), datagram.remote(), packet.identifier());
    Long handle = bySlot.get(slot);
    String label = packet.code() + " " + packet.identifier();
    if (handle == null || !answers(packet.code(), byHandle.get(handle).ask())) {
      return dropped(datagram, RadiusClientEvent.DropReason.UNEXPECTED, label);
    }
    Pending pending = byHandle.get(handle);
    Optional<RadiusClientEvent.DropReason> objection = objection(packet, pending);
    if (objection.isPresent()) {
      return dropped(datagram, objection.get(), label);
    }
    List<Output> outputs = new ArrayList<>(forget(handle));
    outputs.add(new Output.Notify(event(handle, pending, packet)));
    return outputs;
  }

  private static boolean answers(RadiusCode code, Ask ask) {
    return ask.isAccounting()
        ? code.equals(RadiusCode.ACCOUNTING_RESPONSE)
        : code.equals(RadiusCode.ACCESS_ACCEPT)
            || code.equals(RadiusCode.ACCESS_REJECT)
            || code.equals(RadiusCode.ACCESS_CHALLENGE);
  }

  private Optional<RadiusClientEvent.DropReason> objection(RadiusPacket packet, Pending pending) {
    SharedSecret secret = pending.server().secret();
    if (!secret.verifyResponseAuthenticator(packet, pending.authenticator())) {
      return Optional.of(RadiusClientEvent.DropReason.BAD_RESPONSE_AUTHENTICATOR);
    }
    Optional<Boolean> genuine = secret.verifyMessageAuthenticator(packet, pending.authenticator());
    if (genuine.isPresent() && !genuine.get()) {
      return Optional.of(RadiusClientEvent.DropReason.BAD_MESSAGE_AUTHENTICATOR);
    }
    boolean needed =
        packet.has(RadiusAttributeType.EAP_MESSAGE)
            || (config.requireMessageAuthenticator() && !pending.ask().isAccounting());
    return genuine.isEmpty() && needed
        ? Optional.of(RadiusClientEvent.DropReason.MISSING_MESSAGE_AUTHENTICATOR)
        : Optional.empty();
  }

  private static RadiusClientEvent event(long handle, Pending pending, RadiusPacket packet) {
    InetSocketAddress server = pending.server().address();
    if (pending.ask().isAccounting()) {
      return new RadiusClientEvent.Acknowledged(handle, server);
    }
    if (packet.code().equals(RadiusCode.ACCESS_REJECT)) {
      return new RadiusClientEvent.Rejected(handle, server, packet);
    }
    if (packet.code().equals(RadiusCode.ACCESS_CHALLENGE)) {
      Optional<Octets> state = packet.first(RadiusAttributeType.STATE);
      return new RadiusClientEvent.Challenged(handle, server, packet, state, packet.eapMessage());
    }
    Optional<Octets> receive = key(VendorAttribute.MS_MPPE_RECV_KEY, pending, packet);
    Optional<Octets> send = key(VendorAttribute.MS_MPPE_SEND_KEY, pending, packet);
    Optional<EapKeys> keys =
        receive.isPresent() && send.isPresent()
            ? Optional.of(new EapKeys(receive.get(), send.get()))
            : Optional.empty();
    return new RadiusClientEvent.Accepted(handle, server, packet, keys);
  }

  private static Optional<Octets> key(int type, Pending pending, RadiusPacket packet) {
    return packet
        .microsoft(type)
        .flatMap(v -> pending.server().secret().decryptMppeKey(v, pending.authenticator()));
  }

  private List<Output> forget(long handle) {
    Pending pending = byHandle.get(handle);
    if (pending == null) {
      return List.of();
    }
    release(pending);
    return List.of(new Output.CancelTimer(timerOf(handle)));
  }

  private void release(Pending pending) {
    byHandle.remove(pending.ask().handle());
    bySlot.remove(pending.slot());
  }

  private static TimerId timerOf(long handle) {
    return new TimerId(TIMER + handle);
  }

  private static List<Output> dropped(
      Input.DatagramReceived datagram, RadiusClientEvent.DropReason reason, String detail) {
    return List.of(
        new Output.Notify(
            new RadiusClientEvent.ResponseDropped(datagram.remote(), reason, detail)));
  }
}
