package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/** Another IKE SA has this one's place; the peer, who wanted that, will delete it. */
final class ReplacedState extends SaState {
  ReplacedState(IkeSa sa) {
    super(sa);
  }

  @Override
  IkePhase phase() {
    return IkePhase.ESTABLISHED;
  }

  @Override
  boolean isAwaitedByOwner() {
    return false;
  }

  @Override
  void command(IkeCommand command) {}

  @Override
  void request(IkeMessage clear) {
    if (clear.exchange().equals(ExchangeType.INFORMATIONAL)) {
      sa.respond(List.of());
      if (clear.first(Payload.Delete.class).isPresent()) {
        sa.linger();
      }
    } else {
      sa.respond(List.of(Payload.Notify.of(NotifyType.TEMPORARY_FAILURE)));
    }
  }

  @Override
  void timedOut(int transmissions) {
    sa.end();
  }
}
