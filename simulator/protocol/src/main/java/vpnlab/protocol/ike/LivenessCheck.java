package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.ExchangeType;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.Payload;

/**
 * Asks the peer for a sign of life (RFC 7296 section 2.4). With MOBIKE an initiator behind a NAT
 * asks as well how the peer sees it, and so finds out that its mapping has changed (RFC 4555
 * section 3.8).
 */
final class LivenessCheck implements Operation {
  private boolean asksForMapping;

  @Override
  public void send(EstablishedState state) {
    IkeSa sa = state.sa;
    asksForMapping = sa.isInitiator() && sa.mobility().isAgreed() && sa.nat().here();
    List<Payload> payloads = asksForMapping ? AddressUpdate.natDetection(sa, sa.path()) : List.of();
    sa.sendRequest(ExchangeType.INFORMATIONAL, payloads);
  }

  @Override
  public void response(EstablishedState state, IkeMessage clear) {
    IkeSa sa = state.sa;
    sa.tell(new IkeEvent.Alive(sa.id()));
    Optional<Octets> seenAs = NatDetection.seenAs(clear);
    if (asksForMapping && seenAs.isPresent() && !seenAs.equals(sa.mobility().seenAs())) {
      sa.mobility().isSeenAs(seenAs.get());
      state.performNext(new AddressUpdate(sa.mobility().move()));
    }
  }
}
