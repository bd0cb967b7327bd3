package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.ike.IkeMessage;

/** The SA has ended; only the peer's repeated last request is still answered. */
final class EndedState extends SaState {
  EndedState(IkeSa sa) {
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
    sa.respond(List.of());
  }

  @Override
  void timedOut(int transmissions) {
    sa.end();
  }
}
