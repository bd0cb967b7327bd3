package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/** What an IKE SA awaits, and what it does when that (or something else) comes. */
abstract class SaState {
  final IkeSa sa;

  SaState(IkeSa sa) {
    this.sa = sa;
  }

  abstract IkePhase phase();

  /** The answer to an IKE_SA_INIT request; all other messages are encrypted. */
  void initResponse(Path path, Octets datagram, IkeMessage message) {}

  /**
   * A new request of the peer, authentic and decrypted. It must be answered, at once or later, with
   * {@link IkeSa#respond}. A peer that gives up during the handshake says so in an INFORMATIONAL
   * request (RFC 7296 section 2.21.2).
   */
  void request(IkeMessage clear) {
    if (!clear.exchange().equals(ExchangeType.INFORMATIONAL)) {
      sa.respondAndFail(
          List.of(Payload.Notify.of(NotifyType.INVALID_SYNTAX)),
          new IkeFailure.Malformed(clear.exchange() + " before its time"));
      return;
    }
    List<Payload.Notify> errors = errorsOf(clear);
    if (!errors.isEmpty()) {
      sa.respondAndFail(List.of(), new IkeFailure.NotifyReceived(errors));
    } else if (clear.first(Payload.Delete.class).isPresent()) {
      sa.respond(List.of());
      sa.tell(new IkeEvent.Closed(sa.id(), true));
      sa.linger();
    } else {
      sa.respond(List.of());
    }
  }

  /** The answer to this end's request, authentic and decrypted. */
  void response(IkeMessage clear) {}

  /** This end's request was not answered. */
  void timedOut(int transmissions) {
    sa.fail(new IkeFailure.Timeout(transmissions));
  }

  /** An SA that does not stand yet is dropped without a word. */
  void command(IkeCommand command) {
    if (command instanceof IkeCommand.Delete) {
      sa.tell(new IkeEvent.Closed(sa.id(), false));
      sa.end();
    }
  }

  /** Whether the owner still counts on the SA, and is told when it fails. */
  boolean isAwaitedByOwner() {
    return true;
  }

  /** The SA ends in this state; what was reserved for it is given back. */
  void leave() {}

  static List<Payload.Notify> errorsOf(IkeMessage message) {
    return message.all(Payload.Notify.class).stream()
        .filter(n -> n.notifyType().isError())
        .toList();
  }
}
