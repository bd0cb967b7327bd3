package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/**
 * EAP goes on (RFC 7296 section 2.16): either the client's request awaits what the owner has to
 * say, or the client's next one is awaited.
 */
final class ResponderAwaitsEap extends SaState {
  private final ResponderAuth auth;

  ResponderAwaitsEap(ResponderAuth auth) {
    super(auth.sa());
    this.auth = auth;
  }

  @Override
  IkePhase phase() {
    return IkePhase.EAP;
  }

  @Override
  void request(IkeMessage clear) {
    Optional<Octets> packet = clear.first(Payload.Eap.class).map(Payload.Eap::message);
    if (!clear.exchange().equals(ExchangeType.IKE_AUTH)) {
      super.request(clear);
    } else if (packet.isEmpty()) {
      sa.respondAndFail(
          List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)),
          new IkeFailure.Malformed("IKE_AUTH request without EAP"));
    } else {
      auth.heard();
      sa.tell(new IkeEvent.EapResponse(sa.id(), packet.get()));
    }
  }

  @Override
  void command(IkeCommand command) {
    if (!sa.isAnswering()) {
      super.command(command);
    } else if (command instanceof IkeCommand.SendEap send) {
      respond(send.packet(), List.of());
      auth.heard();
    } else if (command instanceof IkeCommand.EapAccepted accepted) {
      respond(accepted.packet(), List.of());
      auth.heard();
      sa.become(new ResponderAwaitsFinalAuth(auth, accepted.msk()));
    } else if (command instanceof IkeCommand.EapRejected rejected) {
      reject(rejected);
    } else {
      super.command(command);
    }
  }

  private void respond(Octets packet, List<Payload.Notify> notifications) {
    sa.respond(payloads(packet, notifications));
  }

  private List<Payload> payloads(Octets packet, List<Payload.Notify> notifications) {
    List<Payload> payloads = new ArrayList<>(auth.takeProof());
    if (!packet.isEmpty()) {
      payloads.add(new Payload.Eap(packet));
    }
    payloads.addAll(notifications);
    return payloads;
  }

  private void reject(IkeCommand.EapRejected rejected) {
    sa.respondAndFail(
        payloads(rejected.packet(), rejected.notifications()),
        new IkeFailure.EapFailed(rejected.packet()));
  }
}
