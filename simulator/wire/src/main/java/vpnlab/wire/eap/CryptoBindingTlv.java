package vpnlab.wire.eap;

import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/**
 * The value of a Crypto-Binding TLV (MS-PEAP, section 2.2.8.1.1): proves that who has run the inner
 * method has also made the TLS tunnel.
 *
 * @param reserved one octet, zero by the specification
 * @param version of PEAP that the sender supports; 0
 * @param receivedVersion of PEAP that the sender has received; 0
 * @param subtype {@link #REQUEST} or {@link #RESPONSE}; others are legal on the wire
 * @param nonce 32 octets
 * @param compoundMac 20 octets, HMAC-SHA1-160
 */
public record CryptoBindingTlv(
    int reserved, int version, int receivedVersion, int subtype, Octets nonce, Octets compoundMac) {
  public static final int REQUEST = 0;
  public static final int RESPONSE = 1;
  public static final int NONCE = 32;
  private static final int COMPOUND_MAC = 20;

  public CryptoBindingTlv {
    if (nonce.size() != NONCE || compoundMac.size() != COMPOUND_MAC) {
      throw new IllegalArgumentException(
          "nonce of " + nonce.size() + ", MAC of " + compoundMac.size() + " octets");
    }
  }

  /** Of PEAP version 0, with zeros in the place of the MAC that {@link #withMac} puts in. */
  public static CryptoBindingTlv unsigned(int subtype, Octets nonce) {
    return new CryptoBindingTlv(0, 0, 0, subtype, nonce, Octets.zeros(COMPOUND_MAC));
  }

  public CryptoBindingTlv withMac(Octets mac) {
    return new CryptoBindingTlv(reserved, version, receivedVersion, subtype, nonce, mac);
  }

  /** With zeros for the MAC: what the MAC is computed over. */
  public CryptoBindingTlv withoutMac() {
    return withMac(Octets.zeros(COMPOUND_MAC));
  }

  /** Reads the value of a TLV of type {@link EapTlvType#CRYPTO_BINDING}. */
  public static CryptoBindingTlv decode(Octets value) throws MalformedMessageException {
    OctetReader in = new OctetReader(value);
    CryptoBindingTlv tlv =
        new CryptoBindingTlv(
            in.u8("Crypto-Binding TLV / reserved"),
            in.u8("Crypto-Binding TLV / version"),
            in.u8("Crypto-Binding TLV / received version"),
            in.u8("Crypto-Binding TLV / subtype"),
            in.octets(NONCE, "Crypto-Binding TLV / nonce"),
            in.octets(COMPOUND_MAC, "Crypto-Binding TLV / compound MAC"));
    in.expectEnd("Crypto-Binding TLV / compound MAC");
    return tlv;
  }

  /** 56 octets. */
  public Octets encode() {
    return new OctetWriter()
        .u8(reserved)
        .u8(version)
        .u8(receivedVersion)
        .u8(subtype)
        .octets(nonce)
        .octets(compoundMac)
        .toOctets();
  }

  /** As a TLV. Microsoft's example leaves the M bit unset, and the MAC covers it (4.4.1). */
  public EapTlv toTlv() {
    return new EapTlv(false, false, EapTlvType.CRYPTO_BINDING, encode());
  }
}
