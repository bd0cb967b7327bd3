package vpnlab.protocol.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Holds a verdict of {@link ChainEngine} against the JDK's PKIX path validation. PKIX judges less:
 * neither names nor purposes, nothing about the root itself, and here no revocation; about the rest
 * both must say the same. The JDK also refuses algorithms that its security property {@code
 * jdk.certpath.disabledAlgorithms} names, MD5 for one; that shows as a difference.
 */
final class PkixCrossCheck {
  /** What PKIX judges too, wherever it stands. */
  private static final Set<ChainError> COMMON =
      EnumSet.of(
          ChainError.SIGNATURE_NOT_VALID,
          ChainError.UNTRUSTED_ROOT,
          ChainError.PARTIAL_CHAIN,
          ChainError.BASIC_CONSTRAINTS,
          ChainError.CRITICAL_EXTENSION,
          ChainError.NAME_CONSTRAINTS,
          ChainError.NOT_TIME_VALID);

  private PkixCrossCheck() {}

  /** Empty when both agree. */
  static List<ChainProblem> differences(
      ChainResult result, Collection<X509Certificate> trustedRoots, Instant now) {
    List<X509Certificate> chain = result.chain();
    X509Certificate root = chain.get(chain.size() - 1);
    if (chain.size() == 1 && trustedRoots.contains(root)) {
      return List.of(); // To PKIX a trust anchor needs no path, hence it has nothing to say.
    }
    Optional<String> refusal = refusal(chain, trustedRoots, now);
    Optional<ChainProblem> ours =
        result.problems().stream()
            .filter(problem -> COMMON.contains(problem.error()))
            .filter(problem -> !trustedRoots.contains(problem.certificate()))
            .findFirst();
    boolean weSeeAReason =
        result.problems().stream()
            .anyMatch(
                problem ->
                    COMMON.contains(problem.error())
                        || problem.error() == ChainError.NOT_VALID_FOR_USAGE);
    if (refusal.isPresent() && !weSeeAReason) {
      return List.of(
          new ChainProblem(
              chain.get(0),
              ChainError.VALIDATORS_DISAGREE,
              "the JDK's path validation refuses it: " + refusal.get()));
    }
    if (refusal.isEmpty() && ours.isPresent()) {
      return List.of(
          new ChainProblem(
              chain.get(0),
              ChainError.VALIDATORS_DISAGREE,
              "the JDK's path validation accepts it in spite of " + ours.get()));
    }
    return List.of();
  }

  private static Optional<String> refusal(
      List<X509Certificate> chain, Collection<X509Certificate> trustedRoots, Instant now) {
    X509Certificate root = chain.get(chain.size() - 1);
    if (!trustedRoots.contains(root)) {
      return Optional.of("no trust anchor");
    }
    try {
      CertPath path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(chain.subList(0, chain.size() - 1));
      byte[] constraints =
          CertificateFields.extension(root, Extension.nameConstraints.getId(), value -> value)
              .map(octets -> octets.toArray())
              .orElse(null);
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, constraints)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      parameters.addCertPathChecker(new PurposesAreJudgedElsewhere());
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(e.getMessage());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.of("it cannot be validated: " + e.getMessage());
    }
  }

  /** PKIX refuses a critical extended key usage unless somebody says that he has looked at it. */
  private static final class PurposesAreJudgedElsewhere extends PKIXCertPathChecker {
    private static final Set<String> JUDGED =
        Set.of(Extension.extendedKeyUsage.getId(), Extension.subjectAlternativeName.getId());

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
      return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
      return new HashSet<>(JUDGED);
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolvedCritical) {
      unresolvedCritical.removeAll(JUDGED);
    }
  }
}
