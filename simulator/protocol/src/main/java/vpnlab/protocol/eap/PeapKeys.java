package vpnlab.protocol.eap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vpnlab.wire.Octets;
import vpnlab.wire.eap.EapTlv;
import vpnlab.wire.eap.EapType;

/**
 * The keys of PEAP's cryptobinding (MS-PEAP, sections 3.1.5.5 and 3.1.5.7).
 *
 * @param ipmk Intermediate PEAP MAC Key, 40 octets
 * @param cmk Compound MAC Key, 20 octets
 */
record PeapKeys(Octets ipmk, Octets cmk) {
  private static final int TK = 60;
  private static final int TEMP_KEY = 40;
  private static final int ISK = 32;
  private static final int COMPOUND_MAC = 20;
  private static final int CSK = 128;
  private static final Octets IPMK_LABEL = ascii("Inner Methods Compound Keys");

  /** Ends in a zero octet, unlike the other label: so does Windows (MS-PEAP, 3.1.5.7). */
  private static final Octets CSK_LABEL = ascii("Session Key Generating Function\0");

  /**
   * After an inner method.
   *
   * @param keyMaterial of the TLS tunnel, 60 octets or more
   * @param inner what the inner method has left
   */
  static PeapKeys ofInner(Octets keyMaterial, EapKeys inner) {
    Octets tempKey = keyMaterial.slice(0, TEMP_KEY);
    Octets isk = inner.msk().slice(0, ISK);
    Octets both = prfPlus(tempKey, Octets.concat(IPMK_LABEL, isk), TK);
    return new PeapKeys(both.slice(0, TEMP_KEY), both.from(TEMP_KEY));
  }

  /** After a fast reconnect, in which no inner method runs. */
  static PeapKeys ofResumed(Octets keyMaterial) {
    return new PeapKeys(keyMaterial.slice(0, TEMP_KEY), keyMaterial.slice(TEMP_KEY, TK));
  }

  /**
   * The Compound MAC.
   *
   * @param binding the Crypto-Binding TLV; what its MAC field holds does not count
   */
  Octets compoundMac(EapTlv binding) {
    Octets tlv = binding.encode();
    Octets withoutMac = tlv.slice(0, tlv.size() - COMPOUND_MAC);
    return hmac(
        cmk,
        Octets.concat(
            withoutMac, Octets.zeros(COMPOUND_MAC), Octets.of((byte) EapType.PEAP.code())));
  }

  /** What the whole of PEAP leaves behind: the Compound Session Key's first 64 octets. */
  EapKeys sessionKeys() {
    return EapKeys.ofMsk(prfPlus(ipmk, CSK_LABEL, CSK).slice(0, 64));
  }

  /** PRF+ with a counter of one octet and two zeros behind it (MS-PEAP, 3.1.5.5.2.2). */
  private static Octets prfPlus(Octets key, Octets seed, int length) {
    Octets all = Octets.EMPTY;
    Octets last = Octets.EMPTY;
    for (int i = 1; all.size() < length; i++) {
      last = hmac(key, Octets.concat(last, seed, Octets.of((byte) i, (byte) 0, (byte) 0)));
      all = Octets.concat(all, last);
    }
    return all.slice(0, length);
  }

  private static Octets hmac(Octets key, Octets data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.toArray(), "HmacSHA1"));
      return Octets.of(mac.doFinal(data.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is in every JDK", e);
    }
  }

  private static Octets ascii(String text) {
    return Octets.ofText(text, StandardCharsets.US_ASCII);
  }

  /** Tells nothing: keys do not belong into logs. */
  @Override
  public String toString() {
    return "PeapKeys[]";
  }
}
