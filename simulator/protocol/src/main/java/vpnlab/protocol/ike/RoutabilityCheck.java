package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/**
 * The responder wants to see that the initiator really gets what is sent to its new address (RFC
 * 4555 section 3.7).
 */
final class RoutabilityCheck implements Operation {
  private final long move;
  private final Octets cookie;

  /**
   * @param move which change of address is to be proved
   * @param cookie 8 to 64 octets that nobody can foresee
   */
  RoutabilityCheck(long move, Octets cookie) {
    this.move = move;
    this.cookie = cookie;
  }

  @Override
  public void send(EstablishedState state) {
    state.sa.sendRequest(
        ExchangeType.INFORMATIONAL, List.of(Payload.Notify.of(NotifyType.COOKIE2, cookie)));
  }

  @Override
  public void response(EstablishedState state, IkeMessage clear) {
    IkeSa sa = state.sa;
    boolean same =
        clear
            .notification(NotifyType.COOKIE2)
            .filter(notify -> notify.data().equals(cookie))
            .isPresent();
    if (!same) {
      sa.fail(new IkeFailure.AuthenticationFailed("the peer did not return COOKIE2"));
    } else if (sa.mobility().isLatest(move)) {
      // Had the client moved meanwhile, the answer could be to a repetition over another path.
      sa.tellPath();
      sa.tell(new IkeEvent.AddressesUpdated(sa.id(), sa.path().local(), sa.path().remote()));
    }
  }
}
