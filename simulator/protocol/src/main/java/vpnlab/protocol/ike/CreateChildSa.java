package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeMessage;
import vpnlab.wire.ike.NotifyType;
import vpnlab.wire.ike.Payload;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TransformId;
import vpnlab.wire.ike.TransformType;

/** What rekeyings of both kinds of SA read from CREATE_CHILD_SA messages (RFC 7296 section 1.3). */
final class CreateChildSa {
  private CreateChildSa() {}

  /** The group that INVALID_KE_PAYLOAD names, when it was among the offers. */
  static Optional<DhGroup> wantedGroup(IkeMessage clear, List<Proposal> offers) {
    return clear
        .notification(NotifyType.INVALID_KE_PAYLOAD)
        .map(Payload.Notify::data)
        .filter(data -> data.size() == 2)
        .map(data -> TransformId.dh(data.at(0) << 8 | data.at(1)))
        .filter(
            wanted ->
                offers.stream()
                    .flatMap(offer -> offer.transforms(TransformType.DH).stream())
                    .anyMatch(t -> t.id().equals(wanted)))
        .flatMap(DhGroup::of);
  }

  static Optional<Proposal> onlyProposal(IkeMessage clear) {
    return clear
        .first(Payload.SecurityAssociation.class)
        .map(Payload.SecurityAssociation::proposals)
        .filter(proposals -> proposals.size() == 1)
        .map(proposals -> proposals.get(0));
  }

  /** The group that a chosen suite names; empty for none. */
  static Optional<DhGroup> groupOf(Proposal chosen) {
    return chosen.transforms(TransformType.DH).stream()
        .findFirst()
        .flatMap(transform -> DhGroup.of(transform.id()));
  }

  /**
   * The secret of the exchange's own Diffie-Hellman, EMPTY when the chosen suite has none; no value
   * when the peer's KE does not fit.
   */
  static Optional<Octets> shared(
      Proposal chosen, Optional<DhGroup.KeyPair> keyPair, IkeMessage clear) {
    Optional<DhGroup> group = groupOf(chosen);
    if (group.isEmpty()) {
      return Optional.of(Octets.EMPTY);
    }
    return keyPair
        .filter(pair -> pair.group() == group.get())
        .flatMap(
            pair ->
                clear
                    .first(Payload.KeyExchange.class)
                    .filter(ke -> ke.group().equals(pair.group().id()))
                    .flatMap(ke -> pair.agree(ke.publicValue())));
  }
}
