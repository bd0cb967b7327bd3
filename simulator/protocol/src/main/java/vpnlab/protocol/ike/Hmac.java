package vpnlab.protocol.ike;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import vpnlab.wire.Octets;

/** HMAC (RFC 2104) by the JDK. */
final class Hmac {
  private Hmac() {}

  /**
   * @param algorithm the JDK's name
   */
  static Octets of(String algorithm, Octets key, Octets data) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new Key(algorithm, key.toArray()));
      return Octets.of(mac.doFinal(data.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK must know " + algorithm, e);
    }
  }

  /** SecretKeySpec refuses an empty key, which HMAC allows (an empty pre-shared key, say). */
  private static final class Key implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final byte[] octets;

    Key(String algorithm, byte[] octets) {
      this.algorithm = algorithm;
      this.octets = octets;
    }

    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return octets.clone();
    }
  }
}
