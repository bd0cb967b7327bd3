package vpnlab.protocol.ike;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.ProtocolId;

/** The IKE SA stands: either end may check the other's life, rekey, and delete. */
final class EstablishedState extends SaState {
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
  }

  // --- requests of this end

  @Override
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.Delete) {
      waiting.clear();
      perform(new Farewell());
    } else if (command instanceof IkeCommand.CheckLiveness) {
      perform(new LivenessCheck());
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

  private static final class LivenessCheck implements Operation {
    @Override
    public void send(EstablishedState state) {
      state.sa.sendRequest(ExchangeType.INFORMATIONAL, List.of());
    }

    @Override
    public void response(EstablishedState state, IkeMessage clear) {
      state.sa.tell(new IkeEvent.Alive(state.sa.id()));
    }
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
    } else {
      sa.respond(deleteChildren(deletions));
    }
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
  }
}
