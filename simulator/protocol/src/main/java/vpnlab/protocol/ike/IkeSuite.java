package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformType;

/**
 * The algorithms of one IKE SA.
 *
 * @param integrity empty with an AEAD cipher
 */
record IkeSuite(
    EncryptionAlgorithm encryption,
    Optional<IntegrityAlgorithm> integrity,
    Prf prf,
    DhGroup group,
    Proposal chosen) {
  /** Empty unless the proposal names exactly one of each, all of them implemented here. */
  static Optional<IkeSuite> of(Proposal chosen) {
    Optional<EncryptionAlgorithm> encryption =
        only(chosen, TransformType.ENCR).flatMap(EncryptionAlgorithm::of);
    Optional<IntegrityAlgorithm> integrity =
        only(chosen, TransformType.INTEG).map(Transform::id).flatMap(IntegrityAlgorithm::of);
    Optional<Prf> prf = only(chosen, TransformType.PRF).map(Transform::id).flatMap(Prf::of);
    Optional<DhGroup> group =
        only(chosen, TransformType.DH).map(Transform::id).flatMap(DhGroup::of);
    if (encryption.isEmpty() || prf.isEmpty() || group.isEmpty()) {
      return Optional.empty();
    }
    if (encryption.get().isAead() == integrity.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(new IkeSuite(encryption.get(), integrity, prf.get(), group.get(), chosen));
  }

  private static Optional<Transform> only(Proposal proposal, TransformType type) {
    List<Transform> transforms = proposal.transforms(type);
    return transforms.size() == 1 ? Optional.of(transforms.get(0)) : Optional.empty();
  }

  int integrityKeySize() {
    return integrity.map(IntegrityAlgorithm::keySize).orElse(0);
  }

  /** Octets of the integrity check value at the end of a message. */
  int icvSize() {
    return integrity.map(IntegrityAlgorithm::icvSize).orElse(encryption.tagSize());
  }
}
