package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.Payload;

/** EAP has succeeded and AUTH is out; the server's AUTH must prove that it knows the key too. */
final class InitiatorAwaitsFinalAuth extends SaState {
  private final InitiatorAuth auth;
  private final Octets msk;

  InitiatorAwaitsFinalAuth(InitiatorAuth auth, Octets msk) {
    super(auth.sa());
    this.auth = auth;
    this.msk = msk;
  }

  @Override
  IkePhase phase() {
    return IkePhase.FINAL_AUTH;
  }

  @Override
  void response(IkeMessage clear) {
    List<Payload.Notify> errors = errorsOf(clear);
    if (auth.isFinalAuthRight(clear, msk)) {
      auth.finish(clear);
    } else if (!errors.isEmpty()) {
      sa.fail(new IkeFailure.NotifyReceived(errors));
    } else {
      auth.refuse(new IkeFailure.AuthenticationFailed("the server's AUTH after EAP is wrong"));
    }
  }

  @Override
  void leave() {
    auth.abandonChild();
  }
}
