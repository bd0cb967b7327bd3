package vpnlab.protocol.x509;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/**
 * One name of the subject alternative name extension (RFC 5280, 4.2.1.6).
 *
 * @param value a DNS name (may begin with {@code *.}), an IPv4 or IPv6 literal, a mail address, or
 *     a user principal name, by kind
 */
public record SubjectAltName(Kind kind, String value) {
  private static final ASN1ObjectIdentifier UPN =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");

  /** What sort of name. */
  public enum Kind {
    DNS,
    IP,
    EMAIL,
    /** Microsoft's user principal name, an otherName. */
    UPN
  }

  public SubjectAltName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a subject alternative name is blank");
    }
    if (kind == Kind.IP && !IPAddress.isValid(value)) {
      throw new IllegalArgumentException("'" + value + "' is not an IP address literal");
    }
  }

  public static SubjectAltName dns(String name) {
    return new SubjectAltName(Kind.DNS, name);
  }

  public static SubjectAltName ip(String literal) {
    return new SubjectAltName(Kind.IP, literal);
  }

  public static SubjectAltName email(String address) {
    return new SubjectAltName(Kind.EMAIL, address);
  }

  public static SubjectAltName upn(String userPrincipalName) {
    return new SubjectAltName(Kind.UPN, userPrincipalName);
  }

  GeneralName generalName() {
    return switch (kind) {
      case DNS -> new GeneralName(GeneralName.dNSName, value);
      case IP -> new GeneralName(GeneralName.iPAddress, value);
      case EMAIL -> new GeneralName(GeneralName.rfc822Name, value);
      case UPN -> {
        ASN1EncodableVector otherName = new ASN1EncodableVector();
        otherName.add(UPN);
        otherName.add(new DERTaggedObject(true, 0, new DERUTF8String(value)));
        yield new GeneralName(GeneralName.otherName, new DERSequence(otherName));
      }
    };
  }

  @Override
  public String toString() {
    return kind + ":" + value;
  }
}
