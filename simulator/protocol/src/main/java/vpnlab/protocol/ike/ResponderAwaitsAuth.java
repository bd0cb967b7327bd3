package vpnlab.protocol.ike;

import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;

/** IKE_SA_INIT is answered; the client must say who it is. */
final class ResponderAwaitsAuth extends SaState {
  private final ResponderAuth auth;

  ResponderAwaitsAuth(ResponderAuth auth) {
    super(auth.sa());
    this.auth = auth;
  }

  @Override
  IkePhase phase() {
    return IkePhase.IKE_AUTH;
  }

  @Override
  void request(IkeMessage clear) {
    if (clear.exchange().equals(ExchangeType.IKE_AUTH)) {
      auth.heard();
      auth.begin(clear);
    } else {
      super.request(clear);
    }
  }
}
