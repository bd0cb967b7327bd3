package vpnlab.protocol.x509;

import java.util.Locale;

/** How an issuer signs: the hash, and for RSA keys the padding. */
public enum SignatureScheme {
  SHA256("SHA-256"),
  SHA1("SHA-1"),
  SHA384("SHA-384"),
  SHA512("SHA-512"),
  /** RSASSA-PSS with SHA-256, MGF1 and a salt of 32 octets (RFC 4055); RSA issuers only. */
  RSASSA_PSS("SHA-256");

  private final String hash;

  SignatureScheme(String hash) {
    this.hash = hash;
  }

  /** The name of the hash in the Java Cryptography Architecture. */
  String hash() {
    return hash;
  }

  /**
   * The scheme of that name: {@code sha256}, {@code sha1}, {@code sha384}, {@code sha512}, {@code
   * rsassa-pss}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SignatureScheme parse(String name) {
    for (SignatureScheme scheme : values()) {
      if (scheme.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(
        "unknown signature '" + name + "': use sha256, sha1, sha384, sha512 or rsassa-pss");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
