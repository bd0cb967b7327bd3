package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;

/** Everything that is wrong with one path (RFC 5280, 6.1), without stopping at the first. */
final class PathJudgement {
  /** The critical extensions that this engine understands. */
  private static final Set<String> UNDERSTOOD =
      Set.of(
          Extension.basicConstraints.getId(),
          Extension.keyUsage.getId(),
          Extension.extendedKeyUsage.getId(),
          Extension.subjectAlternativeName.getId(),
          Extension.nameConstraints.getId());

  private final List<X509Certificate> path;
  private final Collection<X509Certificate> trustedRoots;
  private final Instant now;
  private final ChainPolicy policy;
  private final List<ChainProblem> problems = new ArrayList<>();

  PathJudgement(
      List<X509Certificate> path,
      Collection<X509Certificate> trustedRoots,
      Instant now,
      ChainPolicy policy) {
    this.path = path;
    this.trustedRoots = trustedRoots;
    this.now = now;
    this.policy = policy;
  }

  List<ChainProblem> problems() {
    judgeEnd();
    for (int i = 0; i < path.size(); i++) {
      judgeTime(path.get(i));
      judgeCriticalExtensions(path.get(i));
      judgePurposes(i);
      if (i > 0) {
        judgeIssuer(i);
      }
    }
    judgeKeyUsage();
    problems.addAll(NameConstraintJudgement.problems(path));
    problems.addAll(RevocationJudgement.problems(path, now, policy));
    judgeName();
    return problems;
  }

  private void add(X509Certificate certificate, ChainError error, String text) {
    problems.add(new ChainProblem(certificate, error, text));
  }

  private void judgeEnd() {
    X509Certificate last = path.get(path.size() - 1);
    if (!CertificateFields.isSelfIssued(last)) {
      add(
          last,
          ChainError.PARTIAL_CHAIN,
          "its issuer " + CertificateFields.issuer(last) + " is not at hand");
      return;
    }
    if (!CertificateFields.isSignedBy(last, last.getPublicKey())) {
      add(last, ChainError.SIGNATURE_NOT_VALID, "its signature does not fit its own key");
    }
    if (!trustedRoots.contains(last)) {
      add(last, ChainError.UNTRUSTED_ROOT, "this root is not among the trusted roots");
    }
  }

  private void judgeTime(X509Certificate certificate) {
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    if (now.isBefore(notBefore)) {
      add(
          certificate,
          ChainError.NOT_TIME_VALID,
          "not yet valid: notBefore " + notBefore + " is after " + now);
    }
    if (now.isAfter(notAfter)) {
      add(
          certificate,
          ChainError.NOT_TIME_VALID,
          "expired: notAfter " + notAfter + " is before " + now);
    }
  }

  private void judgeCriticalExtensions(X509Certificate certificate) {
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    if (critical != null && !UNDERSTOOD.containsAll(critical)) {
      add(
          certificate,
          ChainError.CRITICAL_EXTENSION,
          "a critical extension is unknown: " + CertificateFields.list(critical));
    }
  }

  private void judgeIssuer(int index) {
    X509Certificate issuer = path.get(index);
    X509Certificate subject = path.get(index - 1);
    if (!CertificateFields.isSignedBy(subject, issuer.getPublicKey())) {
      add(
          subject,
          ChainError.SIGNATURE_NOT_VALID,
          "its signature was not made by the key of " + CertificateFields.subject(issuer));
    }
    int pathLength = issuer.getBasicConstraints();
    if (pathLength < 0) {
      add(
          issuer,
          ChainError.BASIC_CONSTRAINTS,
          "it is no certification authority but issued " + CertificateFields.subject(subject));
    } else if (pathLength < authoritiesBelow(index)) {
      add(
          issuer,
          ChainError.BASIC_CONSTRAINTS,
          authoritiesBelow(index) + " authorities below it, but its path length is " + pathLength);
    }
    Optional<Set<KeyUsage>> usages = KeyUsage.of(issuer);
    if (usages.isPresent() && !usages.get().contains(KeyUsage.KEY_CERT_SIGN)) {
      add(
          issuer,
          ChainError.NOT_VALID_FOR_USAGE,
          "its key usage " + usages.get() + " lacks keyCertSign");
    }
  }

  /** RFC 5280, 4.2.1.9: self-issued ones and the end entity do not count. */
  private int authoritiesBelow(int index) {
    int count = 0;
    for (X509Certificate below : path.subList(1, index)) {
      if (!CertificateFields.isSelfIssued(below)) {
        count++;
      }
    }
    return count;
  }

  /** An issuer's extended key usage limits all below it; one without the extension limits none. */
  private void judgePurposes(int index) {
    if (policy.requiredPurpose().isEmpty()) {
      return;
    }
    X509Certificate certificate = path.get(index);
    KeyPurpose required = policy.requiredPurpose().get();
    Optional<List<KeyPurpose>> purposes = CertificateFields.extendedKeyUsage(certificate);
    if (purposes.isEmpty()) {
      if (index == 0 && !policy.missingPurposesAllowed()) {
        add(
            certificate,
            ChainError.NOT_VALID_FOR_USAGE,
            "it has no extended key usage, " + required.windowsName() + " is required");
      }
    } else if (!purposes.get().contains(required) && !purposes.get().contains(KeyPurpose.ANY)) {
      add(
          certificate,
          ChainError.NOT_VALID_FOR_USAGE,
          "its extended key usage " + purposes.get() + " lacks " + required.windowsName());
    }
  }

  private void judgeKeyUsage() {
    Optional<Set<KeyUsage>> usages = KeyUsage.of(path.get(0));
    if (policy.digitalSignatureRequired()
        && usages.isPresent()
        && !usages.get().contains(KeyUsage.DIGITAL_SIGNATURE)) {
      add(
          path.get(0),
          ChainError.NOT_VALID_FOR_USAGE,
          "its key usage " + usages.get() + " lacks digitalSignature");
    }
  }

  private void judgeName() {
    if (policy.expectedNames().isEmpty()
        || policy.expectedNames().stream().anyMatch(name -> NameMatch.matches(path.get(0), name))) {
      return;
    }
    add(
        path.get(0),
        ChainError.NAME_MISMATCH,
        CertificateFields.list(policy.expectedNames())
            + " is none of its names: "
            + NameMatch.namesOf(path.get(0)));
  }
}
