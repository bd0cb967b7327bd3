package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vpnlab.wire.Octets;

/**
 * Finds every path from a certificate upwards through a pool of certificates. An issuer is known by
 * its name and, when both certificates have key identifiers, by these (RFC 5280, 4.2.1.1); whether
 * its key fits the signature is judged later, so that a false signature can be told from a missing
 * issuer.
 */
final class PathSearch {
  /** A peer may send what it likes; these bounds keep a hostile pool from costing time. */
  private static final int LONGEST_PATH = 10;

  private static final int MOST_PATHS = 64;

  private final Set<X509Certificate> pool;
  private final List<List<X509Certificate>> found = new ArrayList<>();

  PathSearch(Set<X509Certificate> pool) {
    this.pool = pool;
  }

  /** At least one path; one that cannot be continued ends where it stands. */
  List<List<X509Certificate>> pathsFrom(X509Certificate certificate) {
    extend(List.of(certificate));
    return found;
  }

  private void extend(List<X509Certificate> path) {
    X509Certificate last = path.get(path.size() - 1);
    Collection<X509Certificate> issuers =
        isSelfSigned(last) || path.size() == LONGEST_PATH ? List.of() : issuersOf(last, path);
    if (issuers.isEmpty()) {
      found.add(path);
      return;
    }
    for (X509Certificate issuer : issuers) {
      if (found.size() == MOST_PATHS) {
        return;
      }
      List<X509Certificate> longer = new ArrayList<>(path);
      longer.add(issuer);
      extend(longer);
    }
  }

  /** Those whose key made the signature when there are any, else those that only have the name. */
  private List<X509Certificate> issuersOf(X509Certificate subject, List<X509Certificate> path) {
    List<X509Certificate> signers = new ArrayList<>();
    List<X509Certificate> namesakes = new ArrayList<>();
    for (X509Certificate candidate : pool) {
      if (path.contains(candidate) || !isNamedAsIssuer(subject, candidate)) {
        continue;
      }
      boolean signed = CertificateFields.isSignedBy(subject, candidate.getPublicKey());
      (signed ? signers : namesakes).add(candidate);
    }
    return signers.isEmpty() ? namesakes : signers;
  }

  private static boolean isNamedAsIssuer(X509Certificate subject, X509Certificate candidate) {
    if (!subject.getIssuerX500Principal().equals(candidate.getSubjectX500Principal())) {
      return false;
    }
    Optional<Octets> wanted = CertificateFields.authorityKeyIdentifier(subject);
    Optional<Octets> offered = CertificateFields.subjectKeyIdentifier(candidate);
    return wanted.isEmpty() || offered.isEmpty() || wanted.equals(offered);
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    return CertificateFields.isSelfIssued(certificate)
        && CertificateFields.isSignedBy(certificate, certificate.getPublicKey());
  }
}
