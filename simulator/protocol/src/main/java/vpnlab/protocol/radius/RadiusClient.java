package vpnlab.protocol.radius;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
 * A RADIUS authentication client (RFC 2865, 3579): what a VPN server runs to ask NPS. Sends
 * requests again and to further servers, and takes only responses that are genuine.
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

  private record Pending(
      RadiusClientCommand.SendAccessRequest command,
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
          command, serversLeft, local, slot, authenticator, octets, retransmissionsLeft - 1);
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
      return timer(fired.timer());
    }
    if (input instanceof Input.Command command) {
      if (command.command() instanceof RadiusClientCommand.SendAccessRequest request) {
        return begin(request);
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

  private List<Output> begin(RadiusClientCommand.SendAccessRequest request) {
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
    return ask(request, servers);
  }

  private List<Output> ask(
      RadiusClientCommand.SendAccessRequest request, List<RadiusServerAddress> servers) {
    RadiusServerAddress server = servers.get(0);
    for (InetSocketAddress local : config.locals()) {
      Optional<Slot> slot = freeSlot(local.getPort(), server.address());
      if (slot.isPresent()) {
        return transmitFirst(request, servers, local, slot.get());
      }
    }
    return List.of(
        new Output.Notify(
            new RadiusClientEvent.NotSent(request.handle(), "no identifier is free")));
  }

  private List<Output> transmitFirst(
      RadiusClientCommand.SendAccessRequest request,
      List<RadiusServerAddress> servers,
      InetSocketAddress local,
      Slot slot) {
    SharedSecret secret = servers.get(0).secret();
    Octets authenticator = random.octets(RadiusPacket.AUTHENTICATOR);
    List<RadiusAttribute> attributes = new ArrayList<>(request.attributes());
    request
        .password()
        .map(password -> Octets.ofText(password, StandardCharsets.UTF_8))
        .map(password -> secret.hidePassword(password, authenticator))
        .map(hidden -> new RadiusAttribute(RadiusAttributeType.USER_PASSWORD, hidden))
        .ifPresent(attributes::add);
    RadiusPacket packet =
        new RadiusPacket(RadiusCode.ACCESS_REQUEST, slot.identifier(), authenticator, attributes);
    if (!SharedSecret.fitsSigned(packet)) {
      return List.of(
          new Output.Notify(
              new RadiusClientEvent.NotSent(request.handle(), "it exceeds 4096 octets")));
    }
    Octets octets = secret.signRequest(packet).encode();
    Pending pending =
        new Pending(
            request,
            List.copyOf(servers),
            local,
            slot,
            authenticator,
            octets,
            config.policy().retransmissions());
    bySlot.put(slot, request.handle());
    return transmit(pending);
  }

  private List<Output> transmit(Pending pending) {
    long handle = pending.command().handle();
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

  private List<Output> timer(TimerId timer) {
    Optional<Pending> due =
        byHandle.values().stream()
            .filter(p -> timerOf(p.command().handle()).equals(timer))
            .findFirst();
    if (due.isEmpty()) {
      return List.of();
    }
    Pending pending = due.get();
    if (pending.retransmissionsLeft() > 0) {
      return transmit(pending.retransmitted());
    }
    long handle = pending.command().handle();
    release(pending);
    List<Output> outputs = new ArrayList<>();
    outputs.add(
        new Output.Notify(new RadiusClientEvent.ServerSilent(handle, pending.server().address())));
    List<RadiusServerAddress> left = pending.serversLeft().subList(1, pending.serversLeft().size());
    if (left.isEmpty()) {
      outputs.add(new Output.Notify(new RadiusClientEvent.TimedOut(handle)));
    } else {
      outputs.addAll(ask(pending.command(), left));
    }
    return outputs;
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
    boolean isResponse =
        packet.code().equals(RadiusCode.ACCESS_ACCEPT)
            || packet.code().equals(RadiusCode.ACCESS_REJECT)
            || packet.code().equals(RadiusCode.ACCESS_CHALLENGE);
    String label = packet.code() + " " + packet.identifier();
    if (handle == null || !isResponse) {
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
        config.requireMessageAuthenticator() || packet.has(RadiusAttributeType.EAP_MESSAGE);
    return genuine.isEmpty() && needed
        ? Optional.of(RadiusClientEvent.DropReason.MISSING_MESSAGE_AUTHENTICATOR)
        : Optional.empty();
  }

  private static RadiusClientEvent event(long handle, Pending pending, RadiusPacket packet) {
    InetSocketAddress server = pending.server().address();
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
    byHandle.remove(pending.command().handle());
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
