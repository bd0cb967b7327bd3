package vpnlab.protocol.x509;

import java.util.Locale;

/** The kinds of key pair that a recipe may ask for. */
public enum KeyKind {
  RSA2048("RSA"),
  RSA3072("RSA"),
  P256("EC"),
  P384("EC"),
  ED25519("Ed25519");

  private final String algorithm;

  KeyKind(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The name of the algorithm in the Java Cryptography Architecture. */
  public String algorithm() {
    return algorithm;
  }

  /**
   * The kind of that name, e.g. {@code rsa2048} or {@code p256}.
   *
   * @throws IllegalArgumentException naming the kinds there are
   */
  public static KeyKind parse(String name) {
    for (KeyKind kind : values()) {
      if (kind.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "unknown key kind '" + name + "': use rsa2048, rsa3072, p256, p384 or ed25519");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
