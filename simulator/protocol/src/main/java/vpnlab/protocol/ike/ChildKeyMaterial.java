package vpnlab.protocol.ike;

import java.util.List;
import java.util.Optional;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.Transform;
import vpnlab.wire.ike.TransformType;

/**
 * The keys of a Child SA (RFC 7296 section 2.17).
 *
 * @param initiators for packets from the initiator of the exchange that made the Child SA
 * @param responders for packets the other way
 */
record ChildKeyMaterial(ChildSa.EspKeys initiators, ChildSa.EspKeys responders) {
  /**
   * @param shared the secret of a Diffie-Hellman exchange of its own; empty without one
   */
  static ChildKeyMaterial derive(
      Prf prf, Octets skD, Octets shared, Octets ni, Octets nr, Proposal suite) {
    int e = encryptionKeySize(suite);
    int a = integrityKeySize(suite);
    Octets all = prf.plus(skD, Octets.concat(shared, ni, nr), 2 * (e + a));
    return new ChildKeyMaterial(
        new ChildSa.EspKeys(all.slice(0, e), all.slice(e, e + a)),
        new ChildSa.EspKeys(all.slice(e + a, 2 * e + a), all.slice(2 * e + a, 2 * e + 2 * a)));
  }

  /** The SA as the end sees it that began the exchange, or as the other does. */
  ChildSa childSa(
      boolean began, long inboundSpi, long outboundSpi, Proposal suite, Selectors selectors) {
    return new ChildSa(
        inboundSpi,
        outboundSpi,
        suite,
        began ? responders : initiators,
        began ? initiators : responders,
        began ? selectors.initiators() : selectors.responders(),
        began ? selectors.responders() : selectors.initiators());
  }

  /** Whether the keys' sizes are known here, so that ESP can be done with the suite. */
  static boolean isUsable(Proposal suite) {
    List<Transform> ciphers = suite.transforms(TransformType.ENCR);
    return ciphers.size() == 1
        && sizeOf(ciphers.get(0)).isPresent()
        && suite.spi().size() == 4
        && suite.transforms(TransformType.INTEG).stream()
            .allMatch(t -> IntegrityAlgorithm.of(t.id()).isPresent());
  }

  private static int encryptionKeySize(Proposal suite) {
    return sizeOf(suite.transforms(TransformType.ENCR).get(0)).orElseThrow();
  }

  private static Optional<Integer> sizeOf(Transform cipher) {
    int keyLength = cipher.keyLength().orElse(0) / 8;
    return switch (cipher.id().number()) {
      case 2 -> Optional.of(8); // DES
      case 3 -> Optional.of(24); // 3DES
      case 11 -> Optional.of(0); // NULL
      case 12 -> Optional.of(keyLength); // AES-CBC
      case 20 -> Optional.of(keyLength + 4); // AES-GCM and its salt
      default -> Optional.empty();
    };
  }

  private static int integrityKeySize(Proposal suite) {
    return suite.transforms(TransformType.INTEG).stream()
        .findFirst()
        .flatMap(t -> IntegrityAlgorithm.of(t.id()))
        .map(IntegrityAlgorithm::keySize)
        .orElse(0);
  }

  static Octets spi(long spi) {
    return new OctetWriter().u32(spi).toOctets();
  }

  static long spi(Octets octets) {
    return Long.parseLong(octets.toHex(), 16);
  }
}
