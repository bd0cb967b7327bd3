package vpnlab.protocol.ike;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.protocol.TimerId;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.ProtocolId;

/** The IKE SA stands: either end may check the other's life, rekey, and delete. */
final class EstablishedState extends SaState {
  /** RFC 3948 section 4, and MS-IKEE. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

  private final Map<Long, Child> children = new LinkedHashMap<>();
  private final Deque<Operation> waiting = new ArrayDeque<>();
  private Operation current;
  private boolean redundant;

  EstablishedState(IkeSa sa) {
    super(sa);
  }

  EstablishedState(IkeSa sa, ChildSa first) {
    super(sa);
    add(first);
  }

  @Override
  IkePhase phase() {
    return IkePhase.ESTABLISHED;
  }

  /** Of two SAs from a simultaneous rekeying this is (as it looks so far) the one that goes. */
  void becomeRedundant() {
    redundant = true;
  }

  void becomeCurrent() {
    redundant = false;
  }

  @Override
  boolean isAwaitedByOwner() {
    return !redundant;
  }

  Optional<Operation> currentOperation() {
    return Optional.ofNullable(current);
  }

  // --- children

  Child add(ChildSa child) {
    Child added = new Child(child);
    children.put(child.inboundSpi(), added);
    return added;
  }

  Optional<Child> childByOutboundSpi(Octets spi) {
    return children.values().stream()
        .filter(child -> ChildKeyMaterial.spi(child.sa().outboundSpi()).equals(spi))
        .findFirst();
  }

  void forget(Child child) {
    children.remove(child.sa().inboundSpi());
    sa.node().releaseChildSpi(child.sa().inboundSpi());
  }

  /** Children, and what this end still wants to do, go on under another IKE SA. */
  void moveTo(EstablishedState successor) {
    successor.children.putAll(children);
    if (current != null && !(current instanceof IkeSaRekeying)) {
      successor.waiting.add(current); // its answer would come to an SA that is no more
    }
    successor.waiting.addAll(waiting);
    children.clear();
    waiting.clear();
    sa.node().stopTimer(keepAliveTimer());
    successor.keepMappingAlive();
  }

  // --- where the ends are

  /** The initiator is elsewhere, or wants the responder elsewhere (RFC 4555 section 3.5). */
  private void moveTo(IkeCommand.MoveTo command) {
    if (!sa.isInitiator() || !sa.mobility().isAgreed()) {
      return;
    }
    Path before = sa.path();
    InetAddress remote = command.remote() == null ? before.remote().getAddress() : command.remote();
    sa.moveTo(
        new Path(
            new InetSocketAddress(command.local(), before.local().getPort()),
            new InetSocketAddress(remote, before.remote().getPort()),
            before.marked()));
    if (before.marked() && !sa.mobility().prohibitsNats()) {
      sa.foundNat(new NatDetection.Found(true, sa.nat().there())); // until it is known
    }
    sa.tellPath();
    sa.repeatRequest();
    long move = sa.mobility().move();
    waiting.removeIf(AddressUpdate.class::isInstance);
    performNext(new AddressUpdate(move));
  }

  /** Whatever the message says of the peer's other addresses. */
  void learnAddresses(IkeMessage message) {
    MobikeNotifications.additionalOf(message)
        .ifPresent(addresses -> sa.tell(new IkeEvent.PeerAddresses(sa.id(), addresses)));
  }

  /** An end behind a NAT keeps its mapping from being forgotten (RFC 3948 section 4). */
  void keepMappingAlive() {
    sa.node().stopTimer(keepAliveTimer());
    if (sa.nat().here() && sa.path().marked()) {
      sa.node().startTimer(keepAliveTimer(), KEEP_ALIVE, this::sendKeepAlive);
    }
  }

  private void sendKeepAlive() {
    sa.node().transmitKeepAlive(sa.path());
    keepMappingAlive();
  }

  private TimerId keepAliveTimer() {
    return new TimerId("keepalive-" + sa.ownSpi());
  }

  // --- requests of this end

  @Override
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.Delete) {
      waiting.clear();
      perform(new Farewell());
    } else if (command instanceof IkeCommand.CheckLiveness) {
      perform(new LivenessCheck());
    } else if (command instanceof IkeCommand.MoveTo move) {
      moveTo(move);
    } else if (command instanceof IkeCommand.TellAddresses tell) {
      if (sa.mobility().isAgreed()) {
        perform(new AddressList(tell.additional()));
      }
    } else if (command instanceof IkeCommand.RekeyIkeSa) {
      perform(new IkeSaRekeying(this));
    } else if (command instanceof IkeCommand.RekeyChildSa rekey) {
      Optional.ofNullable(children.get(rekey.inboundSpi()))
          .filter(child -> !child.isReplaced() && !child.isLeaving())
          .ifPresent(child -> perform(new ChildRekeying(this, child)));
    }
  }

  void perform(Operation operation) {
    waiting.add(operation);
    if (current == null) {
      next();
    }
  }

  /** Before everything that waits. */
  void performNext(Operation operation) {
    waiting.addFirst(operation);
    if (current == null) {
      next();
    }
  }

  /** Of several addresses in short order only the last need be proved. */
  void prove(RoutabilityCheck check) {
    waiting.removeIf(RoutabilityCheck.class::isInstance);
    performNext(check);
  }

  /** Goes on with what waited under the SA before this one. */
  void resume() {
    if (current == null) {
      next();
    }
  }

  private void next() {
    current = waiting.poll();
    if (current != null) {
      current.send(this);
    }
  }

  @Override
  void response(IkeMessage clear) {
    Operation answered = current;
    if (answered == null) {
      return;
    }
    answered.response(this, clear);
    if (sa.state() == this && !sa.isAwaitingResponse()) {
      next();
    }
  }

  /** Deletes a Child SA. */
  void delete(Child child) {
    child.startLeaving();
    perform(new ChildDeletion(child));
  }

  private static final class Farewell implements Operation {
    @Override
    public void send(EstablishedState state) {
      state.sa.tell(new IkeEvent.Closed(state.sa.id(), false));
      state.sa.close(List.of(Payload.Delete.ikeSa()));
    }

    @Override
    public void response(EstablishedState state, IkeMessage clear) {}
  }

  private record AddressList(List<InetAddress> additional) implements Operation {
    @Override
    public void send(EstablishedState state) {
      List<Payload> payloads = new ArrayList<>(MobikeNotifications.additional(additional));
      if (state.sa.mobility().prohibitsNats()) {
        payloads.add(MobikeNotifications.noNatsAllowed(state.sa.path()));
      }
      state.sa.sendRequest(ExchangeType.INFORMATIONAL, payloads);
    }

    @Override
    public void response(EstablishedState state, IkeMessage clear) {}
  }

  private record ChildDeletion(Child child) implements Operation {
    @Override
    public void send(EstablishedState state) {
      Octets spi = ChildKeyMaterial.spi(child.sa().inboundSpi());
      state.sa.sendRequest(ExchangeType.INFORMATIONAL, List.of(Payload.Delete.esp(List.of(spi))));
    }

    @Override
    public void response(EstablishedState state, IkeMessage clear) {
      state.forget(child);
    }
  }

  // --- requests of the peer

  @Override
  void request(IkeMessage clear) {
    if (clear.exchange().equals(ExchangeType.INFORMATIONAL)) {
      informational(clear);
    } else if (clear.exchange().equals(ExchangeType.CREATE_CHILD_SA)) {
      createChildSa(clear);
    } else {
      sa.respond(List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)));
    }
  }

  private void createChildSa(IkeMessage clear) {
    boolean ike =
        clear.first(Payload.SecurityAssociation.class).stream()
            .flatMap(payload -> payload.proposals().stream())
            .anyMatch(proposal -> proposal.protocol().equals(ProtocolId.IKE));
    Optional<Payload.Notify> rekeyed = clear.notification(NotifyType.REKEY_SA);
    if (ike) {
      IkeSaRekeyAnswer.answer(this, clear);
    } else if (rekeyed.isPresent()) {
      ChildRekeyAnswer.answer(this, rekeyed.get(), clear);
    } else {
      sa.respond(List.of(Payload.Notify.of(NotifyType.NO_ADDITIONAL_SAS)));
    }
  }

  private void informational(IkeMessage clear) {
    List<Payload.Notify> errors = errorsOf(clear);
    List<Payload.Delete> deletions = clear.all(Payload.Delete.class);
    boolean fatal =
        errors.stream().anyMatch(n -> n.notifyType().equals(NotifyType.AUTHENTICATION_FAILED));
    if (fatal) {
      sa.respondAndFail(List.of(), new IkeFailure.NotifyReceived(errors));
    } else if (deletions.stream().anyMatch(d -> d.protocol().equals(ProtocolId.IKE))) {
      sa.respond(List.of());
      if (!redundant) {
        sa.tell(new IkeEvent.Closed(sa.id(), true));
      }
      sa.linger();
    } else if (sa.mobility().isAgreed()) {
      mobility(clear, deletions);
    } else {
      sa.respond(deleteChildren(deletions));
    }
  }

  /** What MOBIKE lets a peer say (RFC 4555 sections 3.5 to 3.8), along with anything else. */
  private void mobility(IkeMessage clear, List<Payload.Delete> deletions) {
    if (!sa.isInitiator() && clear.notification(NotifyType.UPDATE_SA_ADDRESSES).isPresent()) {
      AddressUpdateAnswer.answer(this, clear);
      return;
    }
    List<Payload> answer = new ArrayList<>(deleteChildren(deletions));
    boolean translated = MobikeNotifications.isTranslated(clear, sa.requestPath());
    if (translated) {
      answer.add(Payload.Notify.of(NotifyType.UNEXPECTED_NAT_DETECTED));
    } else {
      learnAddresses(clear);
    }
    if (NatDetection.isSupportedBy(clear)) {
      answer.addAll(AddressUpdate.natDetection(sa, sa.requestPath()));
    }
    answer.addAll(MobikeNotifications.echo(clear));
    sa.respond(answer);
  }

  /**
   * The peer names its own inbound SPIs; the answer names ours, but not of SAs that this end is
   * deleting itself (RFC 7296 section 1.4.1).
   */
  private List<Payload> deleteChildren(List<Payload.Delete> deletions) {
    List<Octets> answer = new ArrayList<>();
    for (Payload.Delete deletion : deletions) {
      if (!deletion.protocol().equals(ProtocolId.ESP)) {
        continue;
      }
      for (Octets spi : deletion.spis()) {
        Optional<Child> found = childByOutboundSpi(spi);
        if (found.isPresent()) {
          Child child = found.get();
          forget(child);
          if (!child.isLeaving()) {
            answer.add(ChildKeyMaterial.spi(child.sa().inboundSpi()));
          }
          sa.tell(
              child.isReplaced()
                  ? new IkeEvent.ChildRetired(sa.id(), child.sa())
                  : new IkeEvent.ChildDeleted(sa.id(), child.sa()));
        }
      }
    }
    return answer.isEmpty() ? List.of() : List.of(Payload.Delete.esp(answer));
  }

  @Override
  void leave() {
    children.keySet().forEach(sa.node()::releaseChildSpi);
    children.clear();
    waiting.clear();
    sa.node().stopTimer(keepAliveTimer());
  }
}
