package vpnlab.protocol.eap;

import vpnlab.protocol.mschap.MppeKeyDerivation;
import vpnlab.wire.Octets;

/**
 * The keying material that a method leaves behind, split as RADIUS carries it (RFC 2548, sections
 * 2.4.2 and 2.4.3): seen from the authenticator, which receives with the first and sends with the
 * second.
 *
 * @param receiveKey MS-MPPE-Recv-Key: 32 octets with EAP-TLS, 16 with EAP-MSCHAPv2
 * @param sendKey MS-MPPE-Send-Key, of the same size
 */
public record EapKeys(Octets receiveKey, Octets sendKey) {
  private static final int MSK = 64;

  /** From a Master Session Key of 64 octets, in halves (RFC 5216, section 2.3). */
  public static EapKeys ofMsk(Octets msk) {
    return new EapKeys(msk.slice(0, MSK / 2), msk.slice(MSK / 2, MSK));
  }

  /** From an MS-CHAPv2 exchange: the 128-bit start keys of RFC 3079, section 3.4. */
  public static EapKeys ofMsChapV2(Octets ntPasswordHash, Octets ntResponse) {
    Octets master = MppeKeyDerivation.masterKey(ntPasswordHash, ntResponse);
    return new EapKeys(
        MppeKeyDerivation.asymmetricStartKey(master, 16, false, true),
        MppeKeyDerivation.asymmetricStartKey(master, 16, true, true));
  }

  /** The Master Session Key: both keys, padded with zeros to 64 octets (RFC 3748, section 7.10). */
  public Octets msk() {
    Octets keys = Octets.concat(receiveKey, sendKey);
    return keys.size() >= MSK ? keys : Octets.concat(keys, Octets.zeros(MSK - keys.size()));
  }

  /** Tells sizes only: keys do not belong into logs. */
  @Override
  public String toString() {
    return "EapKeys[" + receiveKey.size() + "+" + sendKey.size() + " octets]";
  }
}
