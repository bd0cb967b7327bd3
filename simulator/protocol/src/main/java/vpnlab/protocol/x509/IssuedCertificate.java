package vpnlab.protocol.x509;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import vpnlab.wire.Octets;

/**
 * A certificate with its private key and the certificates above it.
 *
 * @param chain from the certificate itself to its root
 */
public record IssuedCertificate(
    X509Certificate certificate, PrivateKey privateKey, List<X509Certificate> chain) {

  public IssuedCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty() || !chain.get(0).equals(certificate)) {
      throw new IllegalArgumentException("the chain must begin with the certificate itself");
    }
  }

  public Octets der() {
    return CertificateFields.der(certificate);
  }

  /** The certificates between this one and the root; empty when the root issued it. */
  public List<X509Certificate> intermediates() {
    return chain.size() <= 2 ? List.of() : chain.subList(1, chain.size() - 1);
  }

  public X509Certificate root() {
    return chain.get(chain.size() - 1);
  }

  /** The same certificate with one bit of its signature flipped, as if altered on the way. */
  public IssuedCertificate withTamperedSignature() {
    byte[] der = der().toArray();
    der[der.length - 1] ^= 1;
    List<X509Certificate> altered = new ArrayList<>(chain);
    altered.set(0, CertificateFields.parse(der));
    return new IssuedCertificate(altered.get(0), privateKey, altered);
  }

  /** Leaves the private key out. */
  @Override
  public String toString() {
    return "IssuedCertificate[" + CertificateFields.subject(certificate) + "]";
  }
}
