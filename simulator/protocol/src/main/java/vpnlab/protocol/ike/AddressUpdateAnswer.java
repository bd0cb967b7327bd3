package vpnlab.protocol.ike;

import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;

/** The responder hears that its initiator is elsewhere (RFC 4555 section 3.5). */
final class AddressUpdateAnswer {
  private static final int COOKIE_SIZE = 16;

  private AddressUpdateAnswer() {}

  static void answer(EstablishedState state, IkeMessage request) {
    IkeSa sa = state.sa;
    Path to = sa.requestPath();
    List<Payload> payloads = new ArrayList<>();
    if (MobikeNotifications.isTranslated(request, to)) {
      payloads.add(Payload.Notify.of(NotifyType.UNEXPECTED_NAT_DETECTED));
      payloads.addAll(MobikeNotifications.echo(request));
      sa.respond(payloads);
      sa.tell(new IkeEvent.AddressesRefused(sa.id(), NotifyType.UNEXPECTED_NAT_DETECTED));
      return;
    }
    if (!sa.node().acceptsPath(to)) {
      payloads.add(Payload.Notify.of(NotifyType.UNACCEPTABLE_ADDRESSES));
      payloads.addAll(MobikeNotifications.echo(request));
      sa.respond(payloads);
      sa.tell(new IkeEvent.AddressesRefused(sa.id(), NotifyType.UNACCEPTABLE_ADDRESSES));
      return;
    }
    boolean sameRemote = sa.path().remote().equals(to.remote());
    long move = sa.mobility().move();
    sa.moveTo(to);
    if (NatDetection.isSupportedBy(request)) {
      sa.foundNat(NatDetection.find(request, to.remote(), to.local()));
      payloads.addAll(AddressUpdate.natDetection(sa, to));
    }
    payloads.addAll(MobikeNotifications.echo(request));
    sa.respond(payloads);
    sa.repeatRequest();
    state.learnAddresses(request); // charon says in the same message which others it has
    state.keepMappingAlive();
    if (sameRemote || !sa.node().checksRoutability()) {
      sa.tellPath();
      sa.tell(new IkeEvent.AddressesUpdated(sa.id(), to.local(), to.remote()));
    } else {
      state.prove(new RoutabilityCheck(move, sa.node().random().octets(COOKIE_SIZE)));
    }
  }
}
