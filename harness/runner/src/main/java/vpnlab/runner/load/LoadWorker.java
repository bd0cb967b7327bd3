package vpnlab.runner.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.Carrier;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.TimerId;
import vpnlab.protocol.eap.EapPeer;
import vpnlab.protocol.eap.EapPeerResult;
import vpnlab.protocol.eap.TlsSessionCache;
import vpnlab.protocol.radius.RadiusClient;
import vpnlab.protocol.radius.RadiusClientCommand.SendAccessRequest;
import vpnlab.protocol.radius.RadiusClientConfig;
import vpnlab.protocol.radius.RadiusClientEvent;
import vpnlab.protocol.radius.RadiusServerAddress;
import vpnlab.protocol.radius.RetransmissionPolicy;
import vpnlab.protocol.radius.SharedSecret;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapPacket;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusPacket;

/** One user after the other authenticates from one port; for one thread. */
final class LoadWorker implements Carrier, AutoCloseable {
  private static final int NAS_PORT_VIRTUAL = 5;
  private static final int MAX_ROUND_TRIPS = 60;

  /** How long a second answer may take, and how often it is asked for before it counts as none. */
  private static final Duration DUPLICATE_LIMIT = Duration.ofSeconds(1);

  private static final int DUPLICATES = 3;
  private static final Duration SESSION_LIFETIME = Duration.ofHours(1);

  private final LoadTarget target;
  private final LoadMethod method;
  private final LoadSettings settings;
  private final RandomSource random = RandomSource.secure();
  private final DatagramSocket socket;
  private final InetSocketAddress local;
  private final RadiusClient client;
  private final byte[] buffer = new byte[65535];
  private final Map<TimerId, Instant> timers = new HashMap<>();
  private final List<RadiusClientEvent> events = new ArrayList<>();
  private final LoadCount count = new LoadCount();
  private final TlsSessionCache sessions = new TlsSessionCache(SESSION_LIFETIME, 1);
  private Octets lastRequest = Octets.EMPTY;
  private Octets lastAnswer = Octets.EMPTY;
  private int transmissions;
  private long handle;

  /**
   * @param first number of the first request, so that workers send their duplicates at other times
   */
  LoadWorker(LoadTarget target, LoadMethod method, LoadSettings settings, int first)
      throws IOException {
    this.target = target;
    this.method = method;
    this.settings = settings;
    this.handle = first;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.local = (InetSocketAddress) socket.getLocalSocketAddress();
    this.client =
        new RadiusClient(
            new RadiusClientConfig(
                List.of(local),
                List.of(
                    new RadiusServerAddress(target.address(), SharedSecret.of(target.secret()))),
                new RetransmissionPolicy(Duration.ofSeconds(3), 4),
                false),
            random);
  }

  /** Authenticates until that time; the last authentication is brought to its end. */
  LoadCount work(Instant end) {
    try {
      while (Instant.now().isBefore(end)) {
        long begun = System.nanoTime();
        if (authenticate()) {
          count.accepted((System.nanoTime() - begun) / 1000);
        } else {
          count.refused();
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(target + ": " + e.getMessage(), e);
    }
  }

  private boolean authenticate() throws IOException {
    Optional<EapPeer> peer = method.peer(settings.user(), settings.password(), random, sessions);
    if (peer.isEmpty()) {
      SendAccessRequest request =
          new SendAccessRequest(
              ++handle, attributes(), Optional.of(settings.password()), Optional.empty());
      return ask(request) instanceof RadiusClientEvent.Accepted;
    }
    EapPacket identity = EapPacket.identityResponse(0, settings.user());
    Octets response = identity.encode();
    Optional<Octets> state = Optional.empty();
    for (int trip = 0; trip < MAX_ROUND_TRIPS; trip++) {
      RadiusClientEvent event = ask(request(response, state));
      if (event instanceof RadiusClientEvent.Accepted accepted) {
        return agree(peer.get(), accepted);
      }
      if (!(event instanceof RadiusClientEvent.Challenged challenged)
          || challenged.eap().isEmpty()) {
        return false;
      }
      state = challenged.state();
      EapPeerResult result = peer.get().handle(Instant.now(), challenged.eap().get());
      if (!(result instanceof EapPeerResult.Respond answer)) {
        return false;
      }
      response = answer.response();
    }
    return false;
  }

  /** An Accept counts when the peer agrees and has the keys that the server sends. */
  private static boolean agree(EapPeer peer, RadiusClientEvent.Accepted accepted) {
    return accepted
        .packet()
        .eapMessage()
        .map(eap -> peer.handle(Instant.now(), eap))
        .filter(EapPeerResult.Success.class::isInstance)
        .map(EapPeerResult.Success.class::cast)
        .filter(success -> accepted.keys().filter(success.keys()::equals).isPresent())
        .isPresent();
  }

  private List<RadiusAttribute> attributes() {
    return new ArrayList<>(
        List.of(
            RadiusAttribute.text(RadiusAttributeType.USER_NAME, settings.user()),
            RadiusAttribute.integer(RadiusAttributeType.NAS_PORT_TYPE, NAS_PORT_VIRTUAL)));
  }

  private SendAccessRequest request(Octets eap, Optional<Octets> state) {
    List<RadiusAttribute> attributes = attributes();
    attributes.addAll(RadiusPacket.eapMessageAttributes(eap));
    state.ifPresent(s -> attributes.add(new RadiusAttribute(RadiusAttributeType.STATE, s)));
    return new SendAccessRequest(++handle, attributes);
  }

  private RadiusClientEvent ask(SendAccessRequest request) throws IOException {
    events.clear();
    transmissions = 0;
    client.handle(Instant.now(), new Input.Command(request)).forEach(o -> o.carryOut(this));
    while (true) {
      for (RadiusClientEvent event : events) {
        if (event instanceof RadiusClientEvent.TimedOut
            || event instanceof RadiusClientEvent.NotSent) {
          count.lost();
          return event;
        }
        if (!(event instanceof RadiusClientEvent.ResponseDropped)
            && !(event instanceof RadiusClientEvent.ServerSilent)) {
          count.answered();
          sometimesAgain();
          return event;
        }
      }
      events.clear();
      awaitSomething();
    }
  }

  private void awaitSomething() throws IOException {
    Map.Entry<TimerId, Instant> next =
        timers.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
    Optional<Octets> datagram = receive(next.getValue());
    if (datagram.isPresent()) {
      lastAnswer = datagram.get();
      client
          .handle(
              Instant.now(), new Input.DatagramReceived(local, target.address(), datagram.get()))
          .forEach(o -> o.carryOut(this));
    } else {
      timers.remove(next.getKey());
      client
          .handle(Instant.now(), new Input.TimerFired(next.getKey()))
          .forEach(o -> o.carryOut(this));
    }
  }

  /** A datagram of the server's; empty when none came in time. */
  private Optional<Octets> receive(Instant limit) throws IOException {
    while (true) {
      long millis = Duration.between(Instant.now(), limit).toMillis();
      if (millis <= 0) {
        return Optional.empty();
      }
      socket.setSoTimeout((int) millis);
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return Optional.empty();
      }
      if (packet.getSocketAddress().equals(target.address())) {
        return Optional.of(Octets.of(buffer, 0, packet.getLength()));
      }
    }
  }

  /**
   * Sends the same request once more, as a network may do: RFC 5080, section 2.2.2, wants the same
   * answer again. A server may drop a duplicate that comes while it is still busy with the answer,
   * so what stays unanswered is sent again after a second, as clients do (section 2.2.1). Requests
   * that had to be sent again already are left alone.
   */
  private void sometimesAgain() throws IOException {
    if (settings.duplicateEvery() == 0
        || handle % settings.duplicateEvery() != 0
        || transmissions != 1) {
      return;
    }
    for (int i = 0; i < DUPLICATES; i++) {
      send(lastRequest);
      Optional<Octets> second = receive(Instant.now().plus(DUPLICATE_LIMIT));
      if (second.isPresent()) {
        count.duplicate(second.get().equals(lastAnswer));
        return;
      }
    }
    count.duplicateUnanswered();
  }

  private void send(Octets octets) throws IOException {
    byte[] bytes = octets.toArray();
    socket.send(new DatagramPacket(bytes, bytes.length, target.address()));
  }

  @Override
  public void transmit(Output.Transmit transmit) {
    lastRequest = transmit.payload();
    if (++transmissions > 1) {
      count.sentAgain();
    }
    try {
      send(lastRequest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void setTimer(Output.SetTimer setTimer) {
    timers.put(setTimer.timer(), Instant.now().plus(setTimer.after()));
  }

  @Override
  public void cancelTimer(Output.CancelTimer cancelTimer) {
    timers.remove(cancelTimer.timer());
  }

  @Override
  public void notify(Output.Notify notify) {
    events.add((RadiusClientEvent) notify.event());
  }

  @Override
  public void close() {
    socket.close();
  }
}
