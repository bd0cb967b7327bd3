package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The bits of the key usage extension (RFC 5280, 4.2.1.3), in their order on the wire. */
public enum KeyUsage {
  DIGITAL_SIGNATURE("digitalSignature", 0),
  NON_REPUDIATION("nonRepudiation", 1),
  KEY_ENCIPHERMENT("keyEncipherment", 2),
  DATA_ENCIPHERMENT("dataEncipherment", 3),
  KEY_AGREEMENT("keyAgreement", 4),
  KEY_CERT_SIGN("keyCertSign", 5),
  CRL_SIGN("cRLSign", 6),
  ENCIPHER_ONLY("encipherOnly", 7),
  DECIPHER_ONLY("decipherOnly", 8);

  private final String rfcName;
  private final int bit;

  KeyUsage(String rfcName, int bit) {
    this.rfcName = rfcName;
    this.bit = bit;
  }

  /** The mask as Bouncy Castle's KeyUsage wants it. */
  int mask() {
    return bit < 8 ? 0x80 >> bit : 0x8000;
  }

  /**
   * The usage of that name in RFC 5280, in any case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static KeyUsage parse(String name) {
    for (KeyUsage usage : values()) {
      if (usage.rfcName.equalsIgnoreCase(name)) {
        return usage;
      }
    }
    throw new IllegalArgumentException(
        "unknown key usage '" + name + "': use digitalSignature, keyEncipherment, keyCertSign ...");
  }

  /** The key usages of a certificate; empty when it has no such extension. */
  public static Optional<Set<KeyUsage>> of(X509Certificate certificate) {
    boolean[] bits = certificate.getKeyUsage();
    if (bits == null) {
      return Optional.empty();
    }
    Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
    for (KeyUsage usage : values()) {
      if (usage.bit < bits.length && bits[usage.bit]) {
        usages.add(usage);
      }
    }
    return Optional.of(usages);
  }

  /** The name in RFC 5280. */
  @Override
  public String toString() {
    return rfcName;
  }
}
