package vpnlab.protocol.ike;

import java.security.PublicKey;
import vpnlab.wire.Octets;

/** How CERTREQ names certification authorities (RFC 7296 section 3.7). */
public final class CertificateAuthorities {
  private CertificateAuthorities() {}

  /** SHA-1 of the SubjectPublicKeyInfo, 20 octets. */
  public static Octets keyHash(PublicKey key) {
    return NatDetection.digest("SHA-1", Octets.of(key.getEncoded()));
  }
}
