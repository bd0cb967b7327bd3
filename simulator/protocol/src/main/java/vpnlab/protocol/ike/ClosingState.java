package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.ike.IkeMessage;

/** This end has said farewell; whatever is answered, or that nothing is, ends the SA. */
final class ClosingState extends SaState {
  ClosingState(IkeSa sa) {
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
  void response(IkeMessage clear) {
    sa.end();
  }

  @Override
  void timedOut(int transmissions) {
    sa.end();
  }
}
