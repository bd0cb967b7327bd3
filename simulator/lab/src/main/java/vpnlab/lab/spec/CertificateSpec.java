package vpnlab.lab.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vpnlab.protocol.x509.KeyPurpose;
import vpnlab.protocol.x509.KeyUsage;
import vpnlab.wire.ip.Ipv4Address;

/**
 * The recipe of a certificate.
 *
 * @param subject common name
 * @param issuer name of another recipe; empty for a self-signed one
 * @param key {@code rsa2048}, {@code rsa3072}, {@code p256} or {@code p384}
 * @param extendedKeyUsage names or OIDs; empty for no such extension
 * @param keyUsage names; empty for no such extension
 * @param authorityInformationAccess where the issuer's certificate can be had; empty for none
 * @param crlDistributionPoint where the issuer's revocation list can be had, an http URL; empty for
 *     none
 */
public record CertificateSpec(
    String subject,
    String issuer,
    boolean authority,
    String key,
    List<String> dns,
    List<String> addresses,
    Optional<String> upn,
    List<String> extendedKeyUsage,
    List<String> keyUsage,
    Moment notBefore,
    Moment notAfter,
    String authorityInformationAccess,
    String crlDistributionPoint) {

  static CertificateSpec of(SpecReader r) {
    boolean authority = r.bool("authority", false);
    return new CertificateSpec(
        r.requiredText("subject"),
        r.text("issuer", ""),
        authority,
        r.oneOf("key", "rsa2048", List.of("rsa2048", "rsa3072", "p256", "p384")),
        r.texts("dns"),
        r.checkedTexts("addresses", Ipv4Address::parse),
        r.text("upn"),
        r.checkedTexts("extendedKeyUsage", KeyPurpose::parse),
        r.checkedTexts("keyUsage", KeyUsage::parse),
        r.parsed("notBefore", Moment::parse).orElse(Moment.afterStart(Duration.ofDays(-30))),
        r.parsed("notAfter", Moment::parse).orElse(Moment.afterStart(Duration.ofDays(335))),
        r.text("authorityInformationAccess", ""),
        r.checkedText("crlDistributionPoint", "", HttpUrl::parse));
  }
}
