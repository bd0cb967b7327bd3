package vpnlab.protocol.ike;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vpnlab.protocol.Endpoint;
import vpnlab.protocol.Input;
import vpnlab.protocol.Output;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.TimerId;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeDatagram;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;

/** What both kinds of endpoint have in common: their SAs by SPI, their timers, their outputs. */
abstract class IkeNode implements Endpoint {
  /** SPIs up to this one are reserved (RFC 4303 section 2.1). */
  private static final long LAST_RESERVED_SPI = 255;

  private static final Octets KEEP_ALIVE = Octets.of((byte) 0xff);

  private final RandomSource random;
  private final Map<IkeSpi, IkeSa> sas = new HashMap<>();
  private final Map<IkeSaId, IkeSa> newest = new HashMap<>();
  private final Map<TimerId, Runnable> timers = new HashMap<>();
  private final Set<Long> childSpis = new HashSet<>();
  private List<Output> outputs = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private long lastId;

  IkeNode(RandomSource random) {
    this.random = random;
  }

  abstract SaSettings settings();

  /** An IKE_SA_INIT request has come. */
  abstract void initRequest(Path path, Octets datagram, IkeMessage message);

  /** A message under SPIs that belong to no SA. */
  abstract void unknownSa(Path path, IkeMessage message);

  /** A message that does not decode. */
  abstract void undecodable(Path path, Octets message);

  abstract void command(IkeCommand command);

  /** Whether a peer may move there. */
  boolean acceptsPath(Path path) {
    return true;
  }

  /** Whether a peer that has moved must prove where it is. */
  boolean checksRoutability() {
    return true;
  }

  /** An SA has come to its end, though it may linger. May be called more than once. */
  void ended(IkeSa sa) {}

  @Override
  public final List<Output> handle(Instant now, Input input) {
    this.now = now;
    this.outputs = new ArrayList<>();
    if (input instanceof Input.DatagramReceived datagram) {
      receive(datagram);
    } else if (input instanceof Input.TimerFired fired) {
      Runnable action = timers.remove(fired.timer());
      if (action != null) {
        action.run();
      }
    } else if (input instanceof Input.Command given && given.command() instanceof IkeCommand c) {
      command(c);
    }
    return List.copyOf(outputs);
  }

  private void receive(Input.DatagramReceived received) {
    IkeDatagram datagram = IkeDatagram.of(received.payload());
    if (!datagram.isIke()) {
      return; // ESP and keep-alives are the host's affair
    }
    boolean marked = datagram.kind() == IkeDatagram.Kind.IKE_BEHIND_MARKER;
    Path path = new Path(received.local(), received.remote(), marked);
    IkeMessage message;
    try {
      message = IkeMessage.decode(datagram.content());
    } catch (MalformedMessageException e) {
      undecodable(path, datagram.content());
      return;
    }
    if (message.exchange().equals(ExchangeType.IKE_SA_INIT) && !message.isResponse()) {
      initRequest(path, datagram.content(), message);
      return;
    }
    Optional<IkeSa> sa = find(message);
    if (sa.isPresent()) {
      sa.get().receive(path, datagram.content(), message);
    } else {
      unknownSa(path, message);
    }
  }

  private Optional<IkeSa> find(IkeMessage message) {
    IkeSpi own = message.fromInitiator() ? message.responderSpi() : message.initiatorSpi();
    return Optional.ofNullable(sas.get(own)).filter(sa -> sa.isFor(message));
  }

  Instant now() {
    return now;
  }

  RandomSource random() {
    return random;
  }

  void output(Output output) {
    outputs.add(output);
  }

  void tell(IkeEvent event) {
    outputs.add(new Output.Notify(event));
  }

  void transmit(Path path, Octets message) {
    Octets payload = path.marked() ? IkeDatagram.withMarker(message) : message;
    outputs.add(new Output.Transmit(path.local(), path.remote(), payload));
  }

  /** One octet that the peer passes over (RFC 3948 section 2.3). */
  void transmitKeepAlive(Path path) {
    outputs.add(new Output.Transmit(path.local(), path.remote(), KEEP_ALIVE));
  }

  void startTimer(TimerId timer, Duration after, Runnable action) {
    timers.put(timer, action);
    outputs.add(new Output.SetTimer(timer, after));
  }

  void stopTimer(TimerId timer) {
    if (timers.remove(timer) != null) {
      outputs.add(new Output.CancelTimer(timer));
    }
  }

  IkeSaId newId() {
    return new IkeSaId(++lastId);
  }

  /** Its first four octets are not all zero, so that it never looks like a non-ESP marker. */
  IkeSpi newSpi() {
    while (true) {
      IkeSpi spi = IkeSpi.of(random.octets(8));
      if (spi.value() >>> 32 != 0 && !sas.containsKey(spi)) {
        return spi;
      }
    }
  }

  /** An SPI for packets to this end, taken until {@link #releaseChildSpi}. */
  long newChildSpi() {
    while (true) {
      long spi = Long.parseLong(random.octets(4).toHex(), 16);
      if (spi > LAST_RESERVED_SPI && childSpis.add(spi)) {
        return spi;
      }
    }
  }

  void releaseChildSpi(long spi) {
    childSpis.remove(spi);
  }

  void register(IkeSa sa) {
    sas.put(sa.ownSpi(), sa);
    newest.putIfAbsent(sa.id(), sa);
  }

  /** Owners' commands are for this SA from now on. */
  void makeCurrent(IkeSa sa) {
    newest.put(sa.id(), sa);
  }

  void remove(IkeSa sa) {
    sas.remove(sa.ownSpi(), sa);
    newest.remove(sa.id(), sa);
  }

  int saCount() {
    return sas.size();
  }

  /** For tests of growth: SAs, timers and reserved SPIs. */
  int stateSize() {
    return sas.size() + newest.size() + timers.size() + childSpis.size();
  }

  /** The SA that an owner's command is about; of several during a rekeying, the newest. */
  Optional<IkeSa> find(IkeSaId id) {
    return Optional.ofNullable(newest.get(id));
  }
}
