package vpnlab.protocol.radius;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;
import vpnlab.wire.radius.VendorAttribute;

/**
 * A RADIUS server for authentication (RFC 2865, 3579) or accounting (RFC 2866), on any number of
 * ports: checks who asks and that the request is genuine, hands it to its owner, and sends the
 * answer. What is not genuine is dropped without an answer, as the RFCs demand, and an event tells
 * why.
 */
public final class RadiusServer implements Endpoint {
  private final RadiusServerConfig config;
  private final RandomSource random;
  private final Map<RequestKey, Entry> requests = new LinkedHashMap<>();
  private final Map<Long, RequestKey> byHandle = new HashMap<>();
  private long lastHandle;

  /** What makes a request the same again (RFC 5080, section 2.2.2). */
  private record RequestKey(
      InetSocketAddress remote, int localPort, int identifier, Octets authenticator) {}

  private record Entry(
      long handle,
      Instant received,
      Input.DatagramReceived datagram,
      RadiusServerClient client,
      RadiusPacket request,
      Optional<Octets> answer) {
    Entry answeredWith(Octets octets) {
      return new Entry(handle, received, datagram, client, request, Optional.of(octets));
    }
  }

  public RadiusServer(RadiusServerConfig config, RandomSource random) {
    this.config = config;
    this.random = random;
  }

  @Override
  public List<Output> handle(Instant now, Input input) {
    forgetOld(now);
    if (input instanceof Input.DatagramReceived datagram) {
      return datagram(now, datagram);
    }
    if (input instanceof Input.Command command) {
      if (command.command() instanceof RadiusServerCommand.Reply reply) {
        return reply(reply);
      }
      if (command.command() instanceof RadiusServerCommand.Discard discard) {
        byHandle.remove(discard.handle());
      }
    }
    return List.of();
  }

  /** Requests and answers that are remembered; never more than the configuration allows. */
  public int remembered() {
    return requests.size();
  }

  private List<Output> datagram(Instant now, Input.DatagramReceived datagram) {
    InetSocketAddress remote = datagram.remote();
    Optional<RadiusServerClient> known =
        config.clients().stream()
            .filter(c -> c.addresses().contains(remote.getAddress()))
            .findFirst();
    if (known.isEmpty()) {
      String source = remote.getAddress().getHostAddress();
      return dropped(remote, known, RadiusServerEvent.DropReason.UNKNOWN_CLIENT, source);
    }
    RadiusPacket packet;
    try {
      packet = RadiusPacket.decode(datagram.payload());
    } catch (MalformedMessageException e) {
      return dropped(remote, known, RadiusServerEvent.DropReason.MALFORMED, e.getMessage());
    }
    Optional<RadiusServerEvent.DropReason> objection = objection(packet, known.get());
    if (objection.isPresent()) {
      return dropped(remote, known, objection.get(), packet.code() + " " + packet.identifier());
    }
    if (packet.code().equals(RadiusCode.STATUS_SERVER)) {
      return status(datagram, packet, known.get());
    }
    RequestKey key =
        new RequestKey(
            remote, datagram.local().getPort(), packet.identifier(), packet.authenticator());
    Entry before = requests.get(key);
    if (before != null) {
      return again(before);
    }
    Entry entry = new Entry(++lastHandle, now, datagram, known.get(), packet, Optional.empty());
    remember(key, entry);
    return List.of(
        new Output.Notify(
            new RadiusServerEvent.RequestReceived(entry.handle(), known.get(), remote, packet)));
  }

  private Optional<RadiusServerEvent.DropReason> objection(
      RadiusPacket packet, RadiusServerClient client) {
    boolean isStatus = packet.code().equals(RadiusCode.STATUS_SERVER);
    if (isStatus ? !config.statusServer() : !packet.code().equals(expected())) {
      return Optional.of(RadiusServerEvent.DropReason.UNEXPECTED_CODE);
    }
    boolean isAccounting = packet.code().equals(RadiusCode.ACCOUNTING_REQUEST);
    if (isAccounting && !client.secret().verifyAccountingRequest(packet)) {
      return Optional.of(RadiusServerEvent.DropReason.BAD_REQUEST_AUTHENTICATOR);
    }
    Octets authenticator =
        isAccounting ? Octets.zeros(RadiusPacket.AUTHENTICATOR) : packet.authenticator();
    Optional<Boolean> genuine = client.secret().verifyMessageAuthenticator(packet, authenticator);
    if (genuine.isPresent() && !genuine.get()) {
      return Optional.of(RadiusServerEvent.DropReason.BAD_MESSAGE_AUTHENTICATOR);
    }
    boolean needed =
        isStatus
            || packet.has(RadiusAttributeType.EAP_MESSAGE)
            || (!isAccounting && client.requireMessageAuthenticator());
    return genuine.isEmpty() && needed
        ? Optional.of(RadiusServerEvent.DropReason.MISSING_MESSAGE_AUTHENTICATOR)
        : Optional.empty();
  }

  private RadiusCode expected() {
    return config.service() == RadiusService.ACCOUNTING
        ? RadiusCode.ACCOUNTING_REQUEST
        : RadiusCode.ACCESS_REQUEST;
  }

  /** RFC 5997, section 4.1: answered at once, and never remembered. */
  private List<Output> status(
      Input.DatagramReceived datagram, RadiusPacket request, RadiusServerClient client) {
    RadiusCode code =
        config.service() == RadiusService.ACCOUNTING
            ? RadiusCode.ACCOUNTING_RESPONSE
            : RadiusCode.ACCESS_ACCEPT;
    RadiusPacket answer =
        new RadiusPacket(code, request.identifier(), request.authenticator(), List.of());
    Octets octets = client.secret().authenticateResponse(answer, request.authenticator()).encode();
    return List.of(
        new Output.Transmit(datagram.local(), datagram.remote(), octets),
        new Output.Notify(new RadiusServerEvent.StatusAnswered(client, datagram.remote())));
  }

  private List<Output> again(Entry before) {
    InetSocketAddress remote = before.datagram().remote();
    if (before.answer().isPresent()) {
      return List.of(
          new Output.Transmit(before.datagram().local(), remote, before.answer().get()),
          new Output.Notify(new RadiusServerEvent.AnswerRepeated(before.handle(), remote)));
    }
    return dropped(
        remote,
        Optional.of(before.client()),
        RadiusServerEvent.DropReason.DUPLICATE_IN_PROGRESS,
        "request " + before.handle());
  }

  private List<Output> reply(RadiusServerCommand.Reply reply) {
    RequestKey key = byHandle.remove(reply.handle());
    Entry entry = key == null ? null : requests.get(key);
    if (entry == null) {
      return List.of();
    }
    RadiusPacket request = entry.request();
    List<RadiusAttribute> attributes = new ArrayList<>(reply.attributes());
    reply.keys().ifPresent(keys -> attributes.addAll(keyAttributes(entry, keys)));
    request.attributes().stream()
        .filter(a -> a.type().equals(RadiusAttributeType.PROXY_STATE))
        .forEach(attributes::add);
    RadiusPacket unsigned =
        new RadiusPacket(reply.code(), request.identifier(), request.authenticator(), attributes);
    if (!SharedSecret.fitsSigned(unsigned)) {
      return dropped(
          entry.datagram().remote(),
          Optional.of(entry.client()),
          RadiusServerEvent.DropReason.ANSWER_TOO_LONG,
          "request " + entry.handle());
    }
    SharedSecret secret = entry.client().secret();
    // RFC 2869, section 5.19: accounting has no Message-Authenticator.
    RadiusPacket signed =
        reply.code().equals(RadiusCode.ACCOUNTING_RESPONSE)
            ? secret.authenticateResponse(unsigned, request.authenticator())
            : secret.signResponse(unsigned, request.authenticator());
    Octets octets = signed.encode();
    requests.put(key, entry.answeredWith(octets));
    Input.DatagramReceived datagram = entry.datagram();
    return List.of(new Output.Transmit(datagram.local(), datagram.remote(), octets));
  }

  private List<RadiusAttribute> keyAttributes(Entry entry, EapKeys keys) {
    Octets random2 = random.octets(2);
    int salt = 0x8000 | random2.at(0) << 8 | random2.at(1);
    return List.of(
        mppeKey(entry, VendorAttribute.MS_MPPE_SEND_KEY, keys.sendKey(), salt),
        mppeKey(entry, VendorAttribute.MS_MPPE_RECV_KEY, keys.receiveKey(), salt ^ 1));
  }

  private static RadiusAttribute mppeKey(Entry entry, int type, Octets key, int salt) {
    Octets saltOctets = Octets.of((byte) (salt >>> 8), (byte) salt);
    Octets value =
        entry.client().secret().encryptMppeKey(key, saltOctets, entry.request().authenticator());
    return VendorAttribute.microsoft(type, value).toAttribute();
  }

  private void remember(RequestKey key, Entry entry) {
    requests.put(key, entry);
    byHandle.put(entry.handle(), key);
    if (requests.size() > config.maxRequests()) {
      Iterator<Entry> oldest = requests.values().iterator();
      byHandle.remove(oldest.next().handle());
      oldest.remove();
    }
  }

  private void forgetOld(Instant now) {
    Iterator<Entry> oldestFirst = requests.values().iterator();
    while (oldestFirst.hasNext()) {
      Entry entry = oldestFirst.next();
      if (now.isBefore(entry.received().plus(config.memory()))) {
        return;
      }
      byHandle.remove(entry.handle());
      oldestFirst.remove();
    }
  }

  private static List<Output> dropped(
      InetSocketAddress remote,
      Optional<RadiusServerClient> client,
      RadiusServerEvent.DropReason reason,
      String detail) {
    return List.of(
        new Output.Notify(new RadiusServerEvent.RequestDropped(remote, client, reason, detail)));
  }
}
