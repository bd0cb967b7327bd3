package vpnlab.lab.host;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import vpnlab.protocol.x509.CertificateFields;
import vpnlab.wire.Octets;

/**
 * The user principal name in a certificate: an otherName of the subject alternative names with the
 * object identifier 1.3.6.1.4.1.311.20.2.3 (MS-PKCA section 3.1.5.2.1.4).
 */
public final class UserPrincipalName {
  private static final String UPN = "1.3.6.1.4.1.311.20.2.3";

  private UserPrincipalName() {}

  /** Empty when the certificate names no user. */
  public static Optional<String> of(Octets der) {
    try {
      X509Certificate certificate = CertificateFields.decode(der);
      GeneralNames names =
          GeneralNames.fromExtensions(
              new JcaX509CertificateHolder(certificate).getExtensions(),
              Extension.subjectAlternativeName);
      if (names == null) {
        return Optional.empty();
      }
      for (GeneralName name : names.getNames()) {
        if (name.getTagNo() == GeneralName.otherName) {
          OtherName other = OtherName.getInstance(name.getName());
          if (other.getTypeID().getId().equals(UPN)
              && other.getValue() instanceof ASN1String text) {
            return Optional.of(text.getString());
          }
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      // A name that cannot be read names nobody.
    }
    return Optional.empty();
  }
}
