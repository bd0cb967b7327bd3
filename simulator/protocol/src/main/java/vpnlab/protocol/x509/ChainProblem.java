package vpnlab.protocol.x509;

import java.security.cert.X509Certificate;

/**
 * One thing wrong with one certificate of a chain.
 *
 * @param certificate where it is wrong
 * @param error what sort of error
 * @param text the facts, e.g. {@code expired: notAfter 2026-01-01T00:00:00Z is before
 *     2026-02-01T00:00:00Z}
 */
public record ChainProblem(X509Certificate certificate, ChainError error, String text) {
  @Override
  public String toString() {
    return error + " at " + CertificateFields.subject(certificate) + ": " + text;
  }
}
