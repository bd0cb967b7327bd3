package vpnlab.protocol.esp;

import java.util.Optional;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformType;

/**
 * Encryption and integrity of one direction of a Child SA. The JDK's cipher objects are made once
 * and used for every packet, so an object is for one thread.
 */
interface EspProtection {
  /** The algorithms of {@code suite} with these keys; empty when they are not implemented. */
  static Optional<EspProtection> of(Proposal suite, ChildSa.EspKeys keys) {
    Optional<Transform> cipher = suite.transforms(TransformType.ENCR).stream().findFirst();
    if (cipher.isEmpty()) {
      return Optional.empty();
    }
    if (cipher.get().id().isAead()) {
      return GcmProtection.of(cipher.get(), keys);
    }
    return CbcProtection.of(cipher.get(), suite.transforms(TransformType.INTEG), keys);
  }

  /** Octets that what is encrypted must be a multiple of; 1 for any number. */
  int blockSize();

  /** Octets of the initialization vector in every packet. */
  int ivSize();

  /** Octets of the integrity check value in every packet. */
  int icvSize();

  /**
   * Encrypts and computes the integrity check value.
   *
   * @param header SPI and sequence number
   * @param iv fresh for every packet; with GCM never twice under one key
   * @param plain payload and trailer, a multiple of the block
   * @return IV, ciphertext and integrity check value
   */
  Octets seal(Octets header, Octets iv, Octets plain);

  /**
   * Checks the integrity check value, and then decrypts.
   *
   * @param secured what {@link #seal} returns
   * @return payload and trailer; empty when the packet is not what the sender sent
   */
  Optional<Octets> open(Octets header, Octets secured);
}
