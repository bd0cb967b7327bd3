package vpnlab.interop;

import java.time.Duration;
import java.util.Optional;

/**
 * What a certificate shall say; the healthy ones, and one change away from them the broken ones.
 *
 * @param commonName of the subject
 * @param subjectAlternativeName in openssl's notation, e.g. {@code DNS:vpn.lab.test}
 * @param extendedKeyUsage in openssl's notation; empty: no such extension
 * @param issuer who signs
 * @param elliptic an ECDSA key on P-256 instead of RSA with 2048 bits
 * @param notBefore from now on; negative is in the past
 * @param notAfter from now on
 */
record CertificateRecipe(
    String commonName,
    String subjectAlternativeName,
    Optional<String> extendedKeyUsage,
    Issuer issuer,
    boolean elliptic,
    Duration notBefore,
    Duration notAfter) {

  /** RFC 4945, section 5.1.3.12 (id-kp-ipsecIKE's predecessor): what Windows looks for. */
  static final String IKE_INTERMEDIATE = "1.3.6.1.5.5.8.2.2";

  /** Microsoft's User Principal Name as an other name. */
  private static final String USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";

  enum Issuer {
    ROOT,
    INTERMEDIATE,
    FOREIGN_ROOT
  }

  /** A VPN server's certificate as Windows wants it. */
  static CertificateRecipe server(String name) {
    return new CertificateRecipe(
        name,
        "DNS:" + name,
        Optional.of("serverAuth," + IKE_INTERMEDIATE),
        Issuer.ROOT,
        false,
        Duration.ofDays(-1),
        Duration.ofDays(30));
  }

  /** A user's certificate. */
  static CertificateRecipe client(String user) {
    return new CertificateRecipe(
        user,
        "otherName:" + USER_PRINCIPAL_NAME + ";UTF8:" + user + ",email:" + user,
        Optional.of("clientAuth"),
        Issuer.ROOT,
        false,
        Duration.ofDays(-1),
        Duration.ofDays(30));
  }

  CertificateRecipe expired() {
    return valid(Duration.ofDays(-40), Duration.ofDays(-10));
  }

  CertificateRecipe notYetValid() {
    return valid(Duration.ofDays(10), Duration.ofDays(40));
  }

  private CertificateRecipe valid(Duration from, Duration to) {
    return new CertificateRecipe(
        commonName, subjectAlternativeName, extendedKeyUsage, issuer, elliptic, from, to);
  }

  CertificateRecipe forPurpose(String purpose) {
    return new CertificateRecipe(
        commonName,
        subjectAlternativeName,
        Optional.of(purpose),
        issuer,
        elliptic,
        notBefore,
        notAfter);
  }

  CertificateRecipe withoutPurpose() {
    return new CertificateRecipe(
        commonName,
        subjectAlternativeName,
        Optional.empty(),
        issuer,
        elliptic,
        notBefore,
        notAfter);
  }

  CertificateRecipe issuedBy(Issuer other) {
    return new CertificateRecipe(
        commonName, subjectAlternativeName, extendedKeyUsage, other, elliptic, notBefore, notAfter);
  }

  CertificateRecipe withEllipticCurveKey() {
    return new CertificateRecipe(
        commonName, subjectAlternativeName, extendedKeyUsage, issuer, true, notBefore, notAfter);
  }
}
