package vpnlab.protocol.eap;

import java.security.PrivateKey;
import java.util.List;
import vpnlab.wire.Octets;

/**
 * What one side proves itself with in EAP-TLS.
 *
 * @param chain DER of X.509 certificates, its own first, then issuers as far as they shall be sent
 * @param privateKey RSA or EC, of the first certificate (or not: nobody checks that here)
 */
public record CertificateAndKey(List<Octets> chain, PrivateKey privateKey) {
  public CertificateAndKey {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without a certificate proves nothing");
    }
  }

  /** Tells sizes only: keys do not belong into logs. */
  @Override
  public String toString() {
    return "CertificateAndKey["
        + chain.size()
        + " certificates, "
        + privateKey.getAlgorithm()
        + "]";
  }
}
