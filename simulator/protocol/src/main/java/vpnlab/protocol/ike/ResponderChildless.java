package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/**
 * The client is authenticated but has got no Child SA (RFC 7296 section 2.21.2). It will delete the
 * IKE SA, or this end does so when its time is over. The owner knows of its failure already.
 */
final class ResponderChildless extends SaState {
  ResponderChildless(IkeSa sa) {
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
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.Delete) {
      sa.close(List.of(Payload.Delete.ikeSa()));
    }
  }

  @Override
  void request(IkeMessage clear) {
    if (clear.exchange().equals(ExchangeType.INFORMATIONAL)) {
      sa.respond(List.of());
      if (clear.first(Payload.Delete.class).isPresent()) {
        sa.linger();
      }
    } else {
      sa.respond(List.of(Payload.Notify.of(NotifyType.NO_ADDITIONAL_SAS)));
    }
  }
}
