package vpnlab.protocol.x509;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import vpnlab.wire.Octets;

/** What stands in a certificate, in the forms in which Windows and IKE speak of it. */
public final class CertificateFields {
  private CertificateFields() {}

  /** The subject as Windows prints it, see {@link WindowsNames}. */
  public static String subject(X509Certificate certificate) {
    return WindowsNames.format(certificate.getSubjectX500Principal());
  }

  /** The issuer as Windows prints it, see {@link WindowsNames}. */
  public static String issuer(X509Certificate certificate) {
    return WindowsNames.format(certificate.getIssuerX500Principal());
  }

  /** SHA-1 of the certificate, 40 hexadecimal digits in upper case as PowerShell prints it. */
  public static String thumbprint(X509Certificate certificate) {
    byte[] hash = Digests.sha1(der(certificate).toArray());
    return Octets.of(hash).toHex().toUpperCase(Locale.ROOT);
  }

  /**
   * SHA-1 of the SubjectPublicKeyInfo, 20 octets: the name of a certification authority in IKE's
   * CERTREQ (RFC 7296, 3.7) and in its "hash and URL" forms.
   */
  public static Octets publicKeyHash(X509Certificate certificate) {
    return Octets.of(Digests.sha1(certificate.getPublicKey().getEncoded()));
  }

  /** The serial number in lower-case hexadecimal, an even number of digits. */
  public static String serialNumber(X509Certificate certificate) {
    String hex = certificate.getSerialNumber().toString(16);
    return hex.length() % 2 == 0 ? hex : "0" + hex;
  }

  public static Octets der(X509Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate without encoding", e);
    }
  }

  /**
   * A certificate from its DER.
   *
   * @throws CertificateException when the octets are no certificate, or more than one
   */
  public static X509Certificate decode(Octets der) throws CertificateException {
    ByteArrayInputStream in = new ByteArrayInputStream(der.toArray());
    X509Certificate certificate =
        (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    if (in.available() != 0) {
      throw new CertificateException(in.available() + " octets after the certificate");
    }
    return certificate;
  }

  /** For octets that we made ourselves. */
  static X509Certificate parse(byte[] der) {
    try {
      return decode(Octets.of(der));
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate of our own does not parse", e);
    }
  }

  /** The extended key usage; empty when there is no such extension or it cannot be read. */
  public static Optional<List<KeyPurpose>> extendedKeyUsage(X509Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getExtendedKeyUsage())
          .map(oids -> oids.stream().map(KeyPurpose::new).toList());
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  /** The dNSNames among the subject alternative names. */
  public static List<String> dnsNames(X509Certificate certificate) {
    return subjectAltNames(certificate, 2);
  }

  /** The iPAddresses among the subject alternative names, as literals. */
  public static List<String> ipAddresses(X509Certificate certificate) {
    return subjectAltNames(certificate, 7);
  }

  private static List<String> subjectAltNames(X509Certificate certificate, int tag) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      names = null;
    }
    List<String> found = new ArrayList<>();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (name.get(0).equals(tag) && name.get(1) instanceof String text) {
        found.add(text);
      }
    }
    return found;
  }

  /** The common names of the subject, most specific first. */
  public static List<String> commonNames(X509Certificate certificate) {
    return WindowsNames.values(certificate.getSubjectX500Principal(), "CN");
  }

  /** The purposes of the extended key usage; empty when there is no such extension. */
  public static Optional<List<KeyPurpose>> purposes(X509Certificate certificate) {
    try {
      return Optional.ofNullable(certificate.getExtendedKeyUsage())
          .map(oids -> oids.stream().map(KeyPurpose::new).toList());
    } catch (CertificateParsingException | IllegalArgumentException e) {
      return Optional.of(List.of()); // there is one, and nothing that can be read in it
    }
  }

  /** Where the revocation lists for a certificate are (RFC 5280, 4.2.1.13), http URLs only. */
  public static List<String> crlDistributionPoints(X509Certificate certificate) {
    List<String> urls = new ArrayList<>();
    byte[] wrapped = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
    if (wrapped == null) {
      return urls;
    }
    try {
      CRLDistPoint points =
          CRLDistPoint.getInstance(ASN1OctetString.getInstance(wrapped).getOctets());
      for (DistributionPoint point : points.getDistributionPoints()) {
        DistributionPointName name = point.getDistributionPoint();
        if (name == null || name.getType() != DistributionPointName.FULL_NAME) {
          continue;
        }
        for (GeneralName one : GeneralNames.getInstance(name.getName()).getNames()) {
          String url = one.getName().toString();
          if (one.getTagNo() == GeneralName.uniformResourceIdentifier && url.startsWith("http:")) {
            urls.add(url);
          }
        }
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      return List.of(); // as good as none
    }
    return urls;
  }

  static Optional<Octets> subjectKeyIdentifier(X509Certificate certificate) {
    return extension(
        certificate,
        Extension.subjectKeyIdentifier.getId(),
        value -> SubjectKeyIdentifier.getInstance(value).getKeyIdentifier());
  }

  static Optional<Octets> authorityKeyIdentifier(X509Certificate certificate) {
    return extension(
        certificate,
        Extension.authorityKeyIdentifier.getId(),
        value -> AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets());
  }

  /** The content of an extension as {@code read} gives it; empty when absent or malformed. */
  static Optional<Octets> extension(
      X509Certificate certificate, String oid, Function<byte[], byte[]> read) {
    byte[] wrapped = certificate.getExtensionValue(oid);
    if (wrapped == null) {
      return Optional.empty();
    }
    try {
      byte[] content = ASN1OctetString.getInstance(wrapped).getOctets();
      byte[] value = content.length == 0 ? null : read.apply(content);
      return value == null ? Optional.empty() : Optional.of(Octets.of(value));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  static boolean isSignedBy(X509Certificate certificate, PublicKey key) {
    try {
      certificate.verify(key);
      return true;
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
  }

  /** Subject and issuer are one name; says nothing of the signature. */
  static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  static String list(Collection<?> items) {
    return items.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
