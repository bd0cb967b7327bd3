package vpnlab.diagnosis.facts;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import vpnlab.evidence.StoreListing;

/**
 * A certificate of the user's, as far as the evidence shows it.
 *
 * @param thumbprint SHA-1, hexadecimal
 * @param whole the certificate itself; empty when only a list of the store has it
 */
public record OwnCertificate(
    String title,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    String thumbprint,
    Optional<CertificateView> whole) {
  private static final String COMMON_NAME = "CN=";

  static OwnCertificate of(CertificateView view) {
    return new OwnCertificate(
        view.title(),
        view.issuer(),
        view.notBefore(),
        view.notAfter(),
        view.thumbprint(),
        Optional.of(view));
  }

  static OwnCertificate of(StoreListing.Entry entry) {
    return new OwnCertificate(
        commonName(entry.subject()),
        entry.issuer(),
        entry.notBefore(),
        entry.notAfter(),
        entry.thumbprint(),
        Optional.empty());
  }

  private static String commonName(String subject) {
    for (String part : subject.split(",")) {
      if (part.strip().toUpperCase(Locale.ROOT).startsWith(COMMON_NAME)) {
        return part.strip();
      }
    }
    return subject;
  }

  public boolean validAt(Instant time) {
    return !time.isBefore(notBefore) && !time.isAfter(notAfter);
  }

  /** For citations: the purposes, where the evidence shows them. */
  String purposes() {
    return whole
        .map(view -> view.extendedKeyUsage().map(Object::toString).orElse("[]"))
        .orElse("not listed");
  }
}
