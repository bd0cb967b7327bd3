package vpnlab.lab.servers;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;

/** IDr of a server: what its certificate says it is, because clients compare the two. */
final class ServerIdentity {
  private static final int DNS_NAME = 2;

  private ServerIdentity() {}

  /** The first dNSName of the certificate, or else its subject. */
  static Identity of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (name.get(0).equals(DNS_NAME)) {
            return Identity.fqdn((String) name.get(1));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // Then there is no name that could be read.
    }
    return Identity.distinguishedName(
        Octets.of(certificate.getSubjectX500Principal().getEncoded()));
  }
}
