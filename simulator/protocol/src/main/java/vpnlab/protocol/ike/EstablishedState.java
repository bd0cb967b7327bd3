package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.ProtocolId;

/** The IKE SA stands: either end may check the other's life, rekey, and delete. */
final class EstablishedState extends SaState {
  private final Map<Long, ChildSa> children = new LinkedHashMap<>();

  EstablishedState(IkeSa sa, ChildSa first) {
    super(sa);
    children.put(first.inboundSpi(), first);
  }

  @Override
  IkePhase phase() {
    return IkePhase.ESTABLISHED;
  }

  @Override
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.Delete) {
      sa.tell(new IkeEvent.Closed(sa.id(), false));
      sa.close(List.of(Payload.Delete.ikeSa()));
    } else if (command instanceof IkeCommand.CheckLiveness && !sa.isAwaitingResponse()) {
      sa.sendRequest(ExchangeType.INFORMATIONAL, List.of());
    }
  }

  @Override
  void request(IkeMessage clear) {
    if (clear.exchange().equals(ExchangeType.INFORMATIONAL)) {
      informational(clear);
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
      sa.tell(new IkeEvent.Closed(sa.id(), true));
      sa.linger();
    } else {
      sa.respond(deleteChildren(deletions));
    }
  }

  /** The peer names its own inbound SPIs; the answer names ours (RFC 7296 section 1.4.1). */
  private List<Payload> deleteChildren(List<Payload.Delete> deletions) {
    List<Octets> deleted = new ArrayList<>();
    for (Payload.Delete deletion : deletions) {
      for (Octets spi : deletion.spis()) {
        children.values().stream()
            .filter(child -> deletion.protocol().equals(ProtocolId.ESP))
            .filter(child -> ChildKeyMaterial.spi(child.outboundSpi()).equals(spi))
            .findFirst()
            .ifPresent(
                child -> {
                  forget(child);
                  deleted.add(ChildKeyMaterial.spi(child.inboundSpi()));
                  sa.tell(new IkeEvent.ChildDeleted(sa.id(), child));
                });
      }
    }
    return deleted.isEmpty() ? List.of() : List.of(Payload.Delete.esp(deleted));
  }

  private void forget(ChildSa child) {
    children.remove(child.inboundSpi());
    sa.node().releaseChildSpi(child.inboundSpi());
  }

  @Override
  void response(IkeMessage clear) {
    sa.tell(new IkeEvent.Alive(sa.id()));
  }

  @Override
  void leave() {
    children.keySet().forEach(sa.node()::releaseChildSpi);
    children.clear();
  }
}
