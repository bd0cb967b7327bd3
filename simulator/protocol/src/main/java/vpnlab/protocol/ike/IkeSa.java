package vpnlab.protocol.ike;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.TimerId;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeHeader;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.IkeSpi;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.PayloadType;

/**
 * One IKE SA: numbers, protects, repeats and answers messages (RFC 7296 sections 2.1 to 2.3, window
 * size 1) and leaves their meaning to its {@link SaState}.
 */
final class IkeSa {
  private final IkeNode node;
  private final IkeSaId id;
  private final boolean initiator;
  private final IkeSpi initiatorSpi;
  private IkeSpi responderSpi;
  private Path path;
  private NatDetection.Found nat = NatDetection.Found.NONE;
  private Mobility mobility = new Mobility();
  private SaState state;
  private IkeSuite suite;
  private IkeKeys keys;
  private MessageProtection protection;
  private boolean fragmentation;

  private long nextRequestId;
  private Outstanding outstanding;
  private final IncomingMessages responses = new IncomingMessages();

  private long expectedRequestId;
  private boolean answering;
  private IkeMessage lastRequest;
  private Path lastRequestPath;
  private IkeMessage lastResponse;
  private List<Octets> lastResponseDatagrams = List.of();
  private final IncomingMessages requests = new IncomingMessages();

  /** A request of this end that awaits its answer. */
  private record Outstanding(
      IkeMessage clear, List<Octets> datagrams, int transmissions, Instant since) {
    Outstanding withTransmissions(int count) {
      return new Outstanding(clear, datagrams, count, since);
    }
  }

  /**
   * @param initiator whether this end is the original initiator of this IKE SA
   * @param responderSpi zero while unknown
   */
  IkeSa(
      IkeNode node,
      IkeSaId id,
      boolean initiator,
      IkeSpi initiatorSpi,
      IkeSpi responderSpi,
      Path path) {
    this.node = node;
    this.id = id;
    this.initiator = initiator;
    this.initiatorSpi = initiatorSpi;
    this.responderSpi = responderSpi;
    this.path = path;
  }

  // --- who and what

  IkeNode node() {
    return node;
  }

  IkeSaId id() {
    return id;
  }

  boolean isInitiator() {
    return initiator;
  }

  IkeSpi initiatorSpi() {
    return initiatorSpi;
  }

  IkeSpi responderSpi() {
    return responderSpi;
  }

  IkeSpi ownSpi() {
    return initiator ? initiatorSpi : responderSpi;
  }

  Path path() {
    return path;
  }

  IkeSuite suite() {
    return suite;
  }

  IkeKeys keys() {
    return keys;
  }

  SaState state() {
    return state;
  }

  boolean isFragmenting() {
    return fragmentation;
  }

  boolean isFor(IkeMessage message) {
    boolean fromTheOtherEnd = message.fromInitiator() != initiator;
    boolean responderKnown = !responderSpi.isZero();
    return fromTheOtherEnd
        && message.initiatorSpi().equals(initiatorSpi)
        && (!responderKnown || message.responderSpi().equals(responderSpi));
  }

  void become(SaState next) {
    state = next;
  }

  void moveTo(Path other) {
    path = other;
  }

  void foundNat(NatDetection.Found found) {
    nat = found;
  }

  NatDetection.Found nat() {
    return nat;
  }

  Mobility mobility() {
    return mobility;
  }

  /** Where the request came from that is being handled. */
  Path requestPath() {
    return lastRequestPath;
  }

  /** Tells the owner where the peer is, now that it matters. */
  void tellPath() {
    tell(new IkeEvent.PathChanged(id, path.local(), path.remote(), nat.between()));
  }

  void fragmentMessages() {
    fragmentation = true;
  }

  void learnResponderSpi(IkeSpi spi) {
    responderSpi = spi;
  }

  void useKeys(IkeSuite chosen, IkeKeys derived) {
    suite = chosen;
    keys = derived;
    protection = new MessageProtection(suite, keys, initiator, node.random());
    tell(new IkeEvent.KeysDerived(id, initiatorSpi, responderSpi, chosen.chosen(), derived));
  }

  /**
   * The SA that takes this one's place (section 2.18), under the same name and on the same path.
   */
  IkeSa successor(boolean asInitiator, IkeSpi spiI, IkeSpi spiR) {
    IkeSa next = new IkeSa(node, id, asInitiator, spiI, spiR, path);
    next.fragmentation = fragmentation;
    next.nat = nat;
    next.mobility = mobility;
    return next;
  }

  /** The responder's numbering continues behind the IKE_SA_INIT request that it has answered. */
  void countInitRequest() {
    expectedRequestId = 1;
  }

  void tell(IkeEvent event) {
    node.tell(event);
  }

  // --- requests of this end

  boolean isAwaitingResponse() {
    return outstanding != null;
  }

  void sendRequest(ExchangeType exchange, List<Payload> payloads) {
    IkeMessage clear = message(exchange, 0, nextRequestId++, payloads);
    outstanding = new Outstanding(clear, datagrams(clear), 0, node.now());
    transmitRequest();
  }

  /** IKE_SA_INIT is repeated under the same number when it has to carry something more. */
  Octets sendInitRequest(List<Payload> payloads) {
    nextRequestId = 0;
    sendRequest(ExchangeType.IKE_SA_INIT, payloads);
    return outstanding.datagrams.get(0);
  }

  private IkeMessage message(
      ExchangeType exchange, int responseFlag, long messageId, List<Payload> payloads) {
    int flags = (initiator ? IkeHeader.INITIATOR : 0) | responseFlag;
    return new IkeMessage(
        initiatorSpi, responderSpi, IkeHeader.VERSION_2_0, exchange, flags, messageId, payloads);
  }

  private List<Octets> datagrams(IkeMessage clear) {
    if (protection == null) {
      return List.of(clear.encode());
    }
    int markerSize = path.marked() ? 4 : 0;
    int size = fragmentation ? node.settings().fragmentSize() - markerSize : Integer.MAX_VALUE;
    return protection.protect(clear, size);
  }

  private void transmitRequest() {
    Outstanding sent = outstanding.withTransmissions(outstanding.transmissions + 1);
    outstanding = sent;
    exchanged(
        IkeEvent.Direction.SENT, path, sent.clear, sent.transmissions > 1, sent.datagrams.size());
    sent.datagrams.forEach(datagram -> node.transmit(path, datagram));
    Duration wait = node.settings().retransmission().waitAfter(sent.transmissions);
    Duration left = outageLeft();
    boolean last = isPatient() && left.compareTo(wait) < 0;
    node.startTimer(retransmissionTimer(), last ? left : wait, this::retransmit);
  }

  /** Under MOBIKE an outage is waited for, as long as the network outage time allows. */
  private boolean isPatient() {
    return mobility.isAgreed() && state instanceof EstablishedState;
  }

  private Duration outageLeft() {
    Duration waited = Duration.between(outstanding.since, node.now());
    return node.settings().outageLimit().minus(waited);
  }

  /** Sends the outstanding request, if there is one, at once over the path that is now right. */
  void repeatRequest() {
    if (outstanding != null) {
      outstanding = outstanding.withTransmissions(1);
      transmitRequest();
    }
  }

  private void retransmit() {
    boolean again =
        isPatient()
            ? outageLeft().compareTo(Duration.ZERO) > 0
            : outstanding.transmissions <= node.settings().retransmission().retransmissions();
    if (again) {
      transmitRequest();
      return;
    }
    int transmissions = outstanding.transmissions;
    outstanding = null;
    state.timedOut(transmissions);
  }

  private TimerId retransmissionTimer() {
    return new TimerId("retransmit-" + ownSpi());
  }

  private TimerId lifeTimer() {
    return new TimerId("life-" + ownSpi());
  }

  /** The outstanding request needs no more repeating. */
  void settleRequest() {
    outstanding = null;
    responses.clear();
    node.stopTimer(retransmissionTimer());
  }

  // --- messages of the peer

  void receive(Path from, Octets datagram, IkeMessage outer) {
    if (outer.exchange().equals(ExchangeType.IKE_SA_INIT)) {
      if (outstanding != null
          && outstanding.clear.exchange().equals(ExchangeType.IKE_SA_INIT)
          && outer.messageId() == 0) {
        state.initResponse(from, datagram, outer);
      }
    } else if (protection != null && outer.isResponse()) {
      receiveResponse(from, datagram, outer);
    } else if (protection != null) {
      receiveRequest(from, datagram, outer);
    }
  }

  private void receiveResponse(Path from, Octets datagram, IkeMessage outer) {
    if (outstanding == null
        || outstanding.clear.messageId() != outer.messageId()
        || !outstanding.clear.exchange().equals(outer.exchange())) {
      return; // an answer that came twice, or to nothing
    }
    try {
      Optional<IncomingMessages.Opened> opened =
          responses.open(protection, fragmentation, datagram, outer);
      if (opened.isPresent()) {
        settleRequest();
        IkeMessage clear = opened.get().clear();
        exchanged(IkeEvent.Direction.RECEIVED, from, clear, false, opened.get().fragments());
        if (unknownCritical(clear).isPresent()) {
          fail(new IkeFailure.Malformed("unknown critical payload " + unknownCritical(clear)));
        } else {
          state.response(clear);
        }
      }
    } catch (MalformedMessageException e) {
      settleRequest();
      fail(new IkeFailure.Malformed(e.getMessage()));
    }
  }

  private void receiveRequest(Path from, Octets datagram, IkeMessage outer) {
    boolean isLast = lastRequest != null && outer.messageId() == lastRequest.messageId();
    if (isLast) {
      repeatResponse(from, datagram, outer);
      return;
    }
    if (answering || outer.messageId() != expectedRequestId) {
      return;
    }
    try {
      Optional<IncomingMessages.Opened> opened =
          requests.open(protection, fragmentation, datagram, outer);
      if (opened.isPresent()) {
        answering = true;
        lastRequest = opened.get().clear();
        lastRequestPath = from;
        followPeer(from);
        exchanged(IkeEvent.Direction.RECEIVED, from, lastRequest, false, opened.get().fragments());
        answer(lastRequest);
      }
    } catch (MalformedMessageException e) {
      answering = true;
      lastRequest = outer;
      lastRequestPath = from;
      respondAndFail(
          List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)),
          new IkeFailure.Malformed(e.getMessage()));
    }
  }

  private void answer(IkeMessage clear) {
    Optional<PayloadType> critical = unknownCritical(clear);
    if (critical.isPresent()) {
      Octets type = Octets.of((byte) critical.get().code());
      respond(List.of(Payload.Notify.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, type)));
    } else {
      state.request(clear);
    }
  }

  /** The type of a payload that the sender will not have ignored (RFC 7296 section 2.5). */
  static Optional<PayloadType> unknownCritical(IkeMessage clear) {
    return clear.payloads().stream()
        .filter(p -> p.meaning() instanceof Payload.Unknown && p.critical())
        .map(Payload::type)
        .findFirst();
  }

  /**
   * A peer behind a NAT may come from elsewhere at any time (RFC 7296 section 2.23); with MOBIKE it
   * says so (RFC 4555 section 3.8).
   */
  private void followPeer(Path from) {
    if (node.settings().followsPeer() && !mobility.isAgreed() && !path.equals(from)) {
      path = from;
      if (state.phase() == IkePhase.ESTABLISHED) {
        tellPath();
      }
    }
  }

  /**
   * The same octets again for the same request (RFC 7296 section 2.1); of a fragmented request only
   * the first fragment calls for it (RFC 7383 section 2.6.1). While there is no answer yet,
   * silence.
   */
  private void repeatResponse(Path from, Octets datagram, IkeMessage outer) {
    if (!IncomingMessages.isAuthenticBeginning(protection, datagram, outer)) {
      return;
    }
    exchanged(IkeEvent.Direction.RECEIVED, from, lastRequest, true, 1);
    if (!answering) {
      exchanged(IkeEvent.Direction.SENT, from, lastResponse, true, lastResponseDatagrams.size());
      lastResponseDatagrams.forEach(response -> node.transmit(from, response));
    }
  }

  /** Answers the request that is being handled. */
  void respond(List<Payload> payloads) {
    if (!answering) {
      throw new IllegalStateException("no request to answer");
    }
    lastResponse =
        message(lastRequest.exchange(), IkeHeader.RESPONSE, lastRequest.messageId(), payloads);
    lastResponseDatagrams = datagrams(lastResponse);
    expectedRequestId = lastRequest.messageId() + 1;
    answering = false;
    requests.clear();
    Path back = lastRequestPath; // RFC 7296 section 2.11
    exchanged(IkeEvent.Direction.SENT, back, lastResponse, false, lastResponseDatagrams.size());
    lastResponseDatagrams.forEach(datagram -> node.transmit(back, datagram));
  }

  /** Whether nothing more can come of it. */
  boolean isOver() {
    return state instanceof EndedState || state instanceof ClosingState;
  }

  boolean isAnswering() {
    return answering;
  }

  void exchanged(
      IkeEvent.Direction direction,
      Path over,
      IkeMessage clear,
      boolean retransmission,
      int fragments) {
    tell(
        new IkeEvent.Exchanged(
            id, direction, over.local(), over.remote(), clear, retransmission, fragments));
  }

  // --- its end

  /** Ends the SA after so long, unless it is called again or {@link #liveOn}. */
  void expireAfter(Duration time, Runnable expired) {
    node.startTimer(lifeTimer(), time, expired);
  }

  void liveOn() {
    node.stopTimer(lifeTimer());
  }

  /** Tells the owner, and forgets the SA at once. */
  void fail(IkeFailure reason) {
    tellFailure(reason);
    end();
  }

  private void tellFailure(IkeFailure reason) {
    if (state.isAwaitedByOwner()) {
      tell(new IkeEvent.Failed(id, state.phase(), reason));
    }
  }

  /** Answers the request that is being handled with what ends the SA, and tells the owner. */
  void respondAndFail(List<Payload> payloads, IkeFailure reason) {
    respond(payloads);
    tellFailure(reason);
    linger();
  }

  /** Stays for a while to answer retransmissions of the peer's last request, and nothing else. */
  void linger() {
    settleRequest();
    state.leave();
    become(new EndedState(this));
    node.ended(this);
    expireAfter(node.settings().linger(), this::end);
  }

  /** Tells the peer with an INFORMATIONAL request that this is the end, and awaits its answer. */
  void close(List<Payload> farewell) {
    settleRequest();
    state.leave();
    become(new ClosingState(this));
    node.ended(this);
    liveOn();
    sendRequest(ExchangeType.INFORMATIONAL, farewell);
  }

  /** Forgets the SA. */
  void end() {
    settleRequest();
    liveOn();
    state.leave();
    become(new EndedState(this));
    node.ended(this);
    node.remove(this);
  }
}
