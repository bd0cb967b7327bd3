package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import vpnlab.wire.Octets;

/** The name constraints of the issuers of a path (RFC 5280, 4.2.1.10). */
final class NameConstraintJudgement {
  private NameConstraintJudgement() {}

  static List<ChainProblem> problems(List<X509Certificate> path) {
    List<ChainProblem> problems = new ArrayList<>();
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    for (int i = path.size() - 1; i >= 0; i--) {
      X509Certificate certificate = path.get(i);
      boolean root = i == path.size() - 1;
      if (!root && (i == 0 || !CertificateFields.isSelfIssued(certificate))) {
        check(validator, certificate, problems);
      }
      if (i > 0) {
        constrain(validator, certificate, problems);
      }
    }
    return problems;
  }

  private static void constrain(
      PKIXNameConstraintValidator validator, X509Certificate issuer, List<ChainProblem> problems) {
    Optional<Octets> extension = extension(issuer, Extension.nameConstraints.getId());
    if (extension.isEmpty()) {
      return;
    }
    try {
      NameConstraints constraints = NameConstraints.getInstance(extension.get().toArray());
      if (constraints.getPermittedSubtrees() != null) {
        validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
      }
      if (constraints.getExcludedSubtrees() != null) {
        for (GeneralSubtree subtree : constraints.getExcludedSubtrees()) {
          validator.addExcludedSubtree(subtree);
        }
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      problems.add(
          new ChainProblem(
              issuer,
              ChainError.NAME_CONSTRAINTS,
              "its name constraints cannot be read: " + e.getMessage()));
    }
  }

  private static void check(
      PKIXNameConstraintValidator validator,
      X509Certificate certificate,
      List<ChainProblem> problems) {
    try {
      X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      validator.checkPermitted(new GeneralName(subject));
      validator.checkExcluded(new GeneralName(subject));
      Optional<Octets> names = extension(certificate, Extension.subjectAlternativeName.getId());
      if (names.isPresent()) {
        for (GeneralName name : GeneralNames.getInstance(names.get().toArray()).getNames()) {
          validator.checkPermitted(name);
          validator.checkExcluded(name);
        }
      }
    } catch (NameConstraintValidatorException
        | IllegalArgumentException
        | IllegalStateException e) {
      problems.add(
          new ChainProblem(
              certificate,
              ChainError.NAME_CONSTRAINTS,
              "an issuer does not allow its name: " + e.getMessage()));
    }
  }

  private static Optional<Octets> extension(X509Certificate certificate, String oid) {
    return CertificateFields.extension(certificate, oid, value -> value);
  }
}
