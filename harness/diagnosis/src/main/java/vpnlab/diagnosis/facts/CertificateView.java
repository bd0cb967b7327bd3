package vpnlab.diagnosis.facts;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vpnlab.wire.Octets;

/** A certificate (RFC 5280) with the questions that rules ask of it. */
public final class CertificateView {
  public static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  public static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  public static final String IKE_INTERMEDIATE = "1.3.6.1.5.5.8.2.2";
  private static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
  private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
  private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
  private static final String CA_ISSUERS_OID = "06082b06010505073002";
  private static final Pattern COMMON_NAME = Pattern.compile("(?i)(?:^|[,+])\\s*CN=([^,+]*)");
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509Certificate certificate;
  private final Octets der;

  private CertificateView(X509Certificate certificate, Octets der) {
    this.certificate = certificate;
    this.der = der;
  }

  /** Empty when the octets are no certificate that the JDK can read. */
  public static Optional<CertificateView> parse(Octets der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate certificate =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray()));
      return Optional.ofNullable(certificate).map(parsed -> new CertificateView(parsed, der));
    } catch (GeneralSecurityException notACertificate) {
      return Optional.empty();
    }
  }

  /** In hexadecimal. */
  public String serialNumber() {
    return certificate.getSerialNumber().toString(16);
  }

  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  public String issuer() {
    return certificate.getIssuerX500Principal().getName();
  }

  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  public boolean validAt(Instant time) {
    return !time.isBefore(notBefore()) && !time.isAfter(notAfter());
  }

  public boolean selfIssued() {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** Whether {@code issuer}'s name and key made this certificate. */
  public boolean issuedBy(CertificateView issuer) {
    if (!certificate
        .getIssuerX500Principal()
        .equals(issuer.certificate.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException anotherKey) {
      return false;
    }
  }

  /** The purposes of the Extended Key Usage extension; empty without one. */
  public Optional<List<String>> extendedKeyUsage() {
    try {
      return Optional.ofNullable(certificate.getExtendedKeyUsage()).map(List::copyOf);
    } catch (CertificateParsingException damaged) {
      return Optional.empty();
    }
  }

  /** Whether the Extended Key Usage names that purpose, or any purpose. */
  public boolean namesPurpose(String oid) {
    return extendedKeyUsage()
        .filter(usages -> usages.contains(oid) || usages.contains(ANY_EXTENDED_KEY_USAGE))
        .isPresent();
  }

  /** False when there is a Key Usage extension without digitalSignature. */
  public boolean maySign() {
    boolean[] keyUsage = certificate.getKeyUsage();
    return keyUsage == null || keyUsage[0];
  }

  public boolean authority() {
    return certificate.getBasicConstraints() >= 0;
  }

  /** Whether it says where its issuer's certificate can be fetched (RFC 5280 section 4.2.2.1). */
  public boolean saysWhereItsIssuerIs() {
    byte[] extension = certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS);
    return extension != null && Octets.of(extension).toHex().contains(CA_ISSUERS_OID);
  }

  /** Whether it says where its issuer's revocation list is (RFC 5280 section 4.2.1.13). */
  public boolean namesRevocationList() {
    return certificate.getExtensionValue(CRL_DISTRIBUTION_POINTS) != null;
  }

  public Optional<String> commonName() {
    Matcher matcher = COMMON_NAME.matcher(subject());
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  public List<String> dnsNames() {
    return alternativeNames(DNS_NAME);
  }

  public List<String> ipAddresses() {
    return alternativeNames(IP_ADDRESS);
  }

  private List<String> alternativeNames(int type) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(type))
              .map(name -> name.get(1).toString())
              .toList();
    } catch (CertificateParsingException damaged) {
      return List.of();
    }
  }

  /** The names that count: the alternative names, else the common name. */
  public List<String> names() {
    List<String> dns = dnsNames();
    List<String> addresses = ipAddresses();
    if (!dns.isEmpty() || !addresses.isEmpty()) {
      return Stream.concat(dns.stream(), addresses.stream()).toList();
    }
    return commonName().map(List::of).orElse(List.of());
  }

  /**
   * Whether it is a certificate for what was dialed: an address must be an iPAddress name, a name a
   * dNSName (a wildcard stands for one label), and the common name counts only without dNSName (RFC
   * 9525 and RFC 6125 section 6.4).
   */
  public boolean isFor(String dialed) {
    if (isAddress(dialed)) {
      return ipAddresses().contains(dialed)
          || alternativeNamesMissing() && commonName().filter(dialed::equals).isPresent();
    }
    List<String> dns = dnsNames();
    return dns.isEmpty()
        ? commonName().filter(name -> nameMatches(name, dialed)).isPresent()
        : dns.stream().anyMatch(name -> nameMatches(name, dialed));
  }

  private boolean alternativeNamesMissing() {
    return dnsNames().isEmpty() && ipAddresses().isEmpty();
  }

  /** Whether the text is an IPv4 or IPv6 address and no name. */
  public static boolean isAddress(String text) {
    return text.matches("[0-9]+(\\.[0-9]+){3}") || text.contains(":");
  }

  private static boolean nameMatches(String pattern, String name) {
    String wanted = trimmed(name);
    String offered = trimmed(pattern);
    if (!offered.startsWith("*.")) {
      return offered.equals(wanted);
    }
    int dot = wanted.indexOf('.');
    return dot > 0 && wanted.substring(dot).equals(offered.substring(1));
  }

  private static String trimmed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** SHA-1 of the SubjectPublicKeyInfo, the form that CERTREQ carries (RFC 7296 section 3.7). */
  public Octets publicKeyHash() {
    return IkeTraffic.sha1(Octets.of(certificate.getPublicKey().getEncoded()));
  }

  /** SHA-1 of the certificate in hexadecimal, as Windows prints it and profiles name roots. */
  public String thumbprint() {
    return IkeTraffic.sha1(der).toHex().toUpperCase(Locale.ROOT);
  }

  public Octets der() {
    return der;
  }

  /** A short name for reports: the common name, else the whole subject. */
  public String title() {
    return commonName().map(name -> "CN=" + name).orElse(subject());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CertificateView that && der.equals(that.der);
  }

  @Override
  public int hashCode() {
    return der.hashCode();
  }

  @Override
  public String toString() {
    return title();
  }
}
