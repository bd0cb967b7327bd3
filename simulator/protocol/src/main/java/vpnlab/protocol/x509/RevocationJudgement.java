package vpnlab.protocol.x509;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Revocation of a path by the lists at hand (RFC 5280, 6.3, complete direct lists only). */
final class RevocationJudgement {
  private RevocationJudgement() {}

  static List<ChainProblem> problems(List<X509Certificate> path, Instant now, ChainPolicy policy) {
    List<ChainProblem> problems = new ArrayList<>();
    if (policy.revocation() == ChainPolicy.Revocation.NONE) {
      return problems;
    }
    for (int i = 0; i + 1 < path.size(); i++) {
      X509Certificate certificate = path.get(i);
      List<X509CRL> lists = listsFor(path.get(i + 1), now, policy.revocationLists());
      if (lists.stream().anyMatch(list -> list.isRevoked(certificate))) {
        problems.add(
            new ChainProblem(
                certificate,
                ChainError.REVOKED,
                "its issuer revoked serial number " + CertificateFields.serialNumber(certificate)));
      } else if (lists.isEmpty() && policy.revocation() == ChainPolicy.Revocation.REQUIRED) {
        problems.add(
            new ChainProblem(
                certificate,
                ChainError.REVOCATION_STATUS_UNKNOWN,
                "no current revocation list of its issuer is at hand"));
      }
    }
    return problems;
  }

  private static List<X509CRL> listsFor(
      X509Certificate issuer, Instant now, List<X509CRL> candidates) {
    return candidates.stream()
        .filter(list -> list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
        .filter(list -> isCurrent(list, now))
        .filter(list -> isSignedBy(list, issuer))
        .toList();
  }

  private static boolean isCurrent(X509CRL list, Instant now) {
    return !now.isBefore(list.getThisUpdate().toInstant())
        && list.getNextUpdate() != null
        && !now.isAfter(list.getNextUpdate().toInstant());
  }

  private static boolean isSignedBy(X509CRL list, X509Certificate issuer) {
    try {
      list.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
