package vpnlab.protocol.ike;

import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;

/** EAP has succeeded; the client's AUTH must prove that it knows the key. */
final class ResponderAwaitsFinalAuth extends SaState {
  private final ResponderAuth auth;
  private final Octets msk;

  ResponderAwaitsFinalAuth(ResponderAuth auth, Octets msk) {
    super(auth.sa());
    this.auth = auth;
    this.msk = msk;
  }

  @Override
  IkePhase phase() {
    return IkePhase.FINAL_AUTH;
  }

  @Override
  void request(IkeMessage clear) {
    if (clear.exchange().equals(ExchangeType.IKE_AUTH)) {
      auth.heard();
      auth.finishEap(clear, msk);
    } else {
      super.request(clear);
    }
  }
}
