package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/** The initiator tells the responder that it is elsewhere (RFC 4555 section 3.5). */
final class AddressUpdate implements Operation {
  private final long move;
  private int refusals;

  /**
   * @param move which change of address this is about
   */
  AddressUpdate(long move) {
    this.move = move;
  }

  @Override
  public void send(EstablishedState state) {
    IkeSa sa = state.sa;
    List<Payload> payloads = new ArrayList<>();
    payloads.add(Payload.Notify.of(NotifyType.UPDATE_SA_ADDRESSES));
    if (sa.mobility().prohibitsNats()) {
      payloads.add(MobikeNotifications.noNatsAllowed(sa.path()));
    } else {
      payloads.addAll(natDetection(sa, sa.path()));
    }
    sa.sendRequest(ExchangeType.INFORMATIONAL, payloads);
  }

  static List<Payload> natDetection(IkeSa sa, Path path) {
    return NatDetection.notifications(
        sa.initiatorSpi(), sa.responderSpi(), path.local(), path.remote());
  }

  @Override
  public void response(EstablishedState state, IkeMessage clear) {
    IkeSa sa = state.sa;
    if (!sa.mobility().isLatest(move)) {
      return; // about addresses that are history
    }
    if (clear.notification(NotifyType.UNEXPECTED_NAT_DETECTED).isPresent()) {
      // One packet may have been tampered with; a NAT is there every time (section 3.9).
      if (++refusals <= sa.node().settings().retransmission().retransmissions()) {
        send(state);
      } else {
        sa.tell(new IkeEvent.AddressesRefused(sa.id(), NotifyType.UNEXPECTED_NAT_DETECTED));
      }
      return;
    }
    List<Payload.Notify> errors = SaState.errorsOf(clear);
    if (!errors.isEmpty()) {
      sa.tell(new IkeEvent.AddressesRefused(sa.id(), errors.get(0).notifyType()));
      return;
    }
    if (NatDetection.isSupportedBy(clear)) {
      NatDetection.Found before = sa.nat();
      sa.foundNat(NatDetection.find(clear, sa.path().remote(), sa.path().local()));
      NatDetection.seenAs(clear).ifPresent(sa.mobility()::isSeenAs);
      if (before.between() != sa.nat().between()) {
        sa.tellPath();
      }
    }
    state.keepMappingAlive();
    sa.tell(new IkeEvent.AddressesUpdated(sa.id(), sa.path().local(), sa.path().remote()));
  }
}
