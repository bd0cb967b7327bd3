package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/**
 * EAP goes on: either the owner has a packet to answer, or the answer is out and the next packet is
 * awaited (RFC 7296 section 2.16).
 */
final class InitiatorAwaitsEap extends SaState {
  private static final int EAP_SUCCESS = 3;
  private static final int EAP_FAILURE = 4;

  private final InitiatorAuth auth;
  private Optional<Octets> msk = Optional.empty();
  private boolean succeeded;

  InitiatorAwaitsEap(InitiatorAuth auth) {
    super(auth.sa());
    this.auth = auth;
  }

  @Override
  IkePhase phase() {
    return IkePhase.EAP;
  }

  @Override
  void response(IkeMessage clear) {
    List<Payload.Notify> errors = errorsOf(clear);
    Optional<Octets> packet = clear.first(Payload.Eap.class).map(Payload.Eap::message);
    int code = packet.filter(p -> !p.isEmpty()).map(p -> p.at(0)).orElse(0);
    boolean saysMore =
        errors.stream().anyMatch(n -> n.notifyType().equals(NotifyType.MS_NOTIFY_STATUS));
    if (!errors.isEmpty() && (saysMore || code != EAP_FAILURE)) {
      sa.fail(new IkeFailure.NotifyReceived(errors));
    } else if (packet.isEmpty()) {
      auth.refuse(new IkeFailure.Malformed("IKE_AUTH response without EAP"));
    } else if (code == EAP_FAILURE) {
      sa.fail(new IkeFailure.EapFailed(packet.get()));
    } else {
      succeeded = code == EAP_SUCCESS;
      auth.awaitOwner();
      sa.tell(new IkeEvent.EapRequest(sa.id(), packet.get()));
      proceed();
    }
  }

  @Override
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.Delete) {
      super.command(command);
    } else if (sa.isAwaitingResponse()) {
      if (command instanceof IkeCommand.EapKey early) {
        msk = Optional.of(early.msk());
      }
    } else if (command instanceof IkeCommand.EapResponse answer && !succeeded) {
      sa.liveOn();
      sa.sendRequest(ExchangeType.IKE_AUTH, List.of(new Payload.Eap(answer.packet())));
    } else if (command instanceof IkeCommand.EapKey key) {
      msk = Optional.of(key.msk());
      proceed();
    }
  }

  private void proceed() {
    if (succeeded && msk.isPresent()) {
      sa.liveOn();
      auth.sendFinalAuth(msk.get());
    }
  }

  @Override
  void leave() {
    auth.abandonChild();
  }
}
