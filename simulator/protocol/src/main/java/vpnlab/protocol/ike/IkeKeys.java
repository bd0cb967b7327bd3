package vpnlab.protocol.ike;

import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.IkeSpi;

/**
 * The seven keys of an IKE SA (RFC 7296 section 2.14).
 *
 * @param ai integrity of the initiator's messages; empty with AES-GCM
 * @param ar integrity of the responder's messages; empty with AES-GCM
 * @param ei encryption of the initiator's messages; with AES-GCM 4 octets of salt stand behind it
 * @param er encryption of the responder's messages; likewise
 */
public record IkeKeys(Octets d, Octets ai, Octets ar, Octets ei, Octets er, Octets pi, Octets pr) {
  /** SKEYSEED of a first IKE SA. */
  static Octets skeyseed(Prf prf, Octets ni, Octets nr, Octets shared) {
    return prf.of(Octets.concat(ni, nr), shared);
  }

  /**
   * SKEYSEED of a rekeyed IKE SA (section 2.18).
   *
   * @param prf of the old SA
   * @param oldD SK_d of the old SA
   */
  static Octets rekeyedSkeyseed(Prf prf, Octets oldD, Octets shared, Octets ni, Octets nr) {
    return prf.of(oldD, Octets.concat(shared, ni, nr));
  }

  static IkeKeys derive(
      IkeSuite suite, Octets skeyseed, Octets ni, Octets nr, IkeSpi spiI, IkeSpi spiR) {
    Octets seed =
        new OctetWriter().octets(ni).octets(nr).u64(spiI.value()).u64(spiR.value()).toOctets();
    int p = suite.prf().keySize();
    int a = suite.integrityKeySize();
    int e = suite.encryption().keyMaterialSize();
    Octets all = suite.prf().plus(skeyseed, seed, 3 * p + 2 * a + 2 * e);
    return new IkeKeys(
        all.slice(0, p),
        all.slice(p, p + a),
        all.slice(p + a, p + 2 * a),
        all.slice(p + 2 * a, p + 2 * a + e),
        all.slice(p + 2 * a + e, p + 2 * a + 2 * e),
        all.slice(p + 2 * a + 2 * e, 2 * p + 2 * a + 2 * e),
        all.slice(2 * p + 2 * a + 2 * e, 3 * p + 2 * a + 2 * e));
  }
}
