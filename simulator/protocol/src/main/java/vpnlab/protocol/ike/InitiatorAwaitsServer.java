package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.Payload;

/** The first IKE_AUTH request is out; the answer must prove who the server is. */
final class InitiatorAwaitsServer extends SaState {
  private final InitiatorAuth auth;

  InitiatorAwaitsServer(InitiatorAuth auth) {
    super(auth.sa());
    this.auth = auth;
  }

  @Override
  IkePhase phase() {
    return IkePhase.IKE_AUTH;
  }

  @Override
  void response(IkeMessage clear) {
    List<Payload.Notify> errors = errorsOf(clear);
    if (!errors.isEmpty() && clear.first(Payload.Authentication.class).isEmpty()) {
      sa.fail(new IkeFailure.NotifyReceived(errors));
      return;
    }
    Optional<IkeFailure> failure = auth.authenticateServer(clear);
    if (failure.isPresent()) {
      auth.refuse(failure.get());
    } else if (!auth.usesEap()) {
      auth.finish(clear);
    } else if (clear.first(Payload.Eap.class).isEmpty()) {
      auth.refuse(new IkeFailure.AuthenticationFailed("the server does not begin EAP"));
    } else {
      InitiatorAwaitsEap next = new InitiatorAwaitsEap(auth);
      sa.become(next);
      next.response(clear);
    }
  }

  @Override
  void leave() {
    auth.abandonChild();
  }
}
