package vpnlab.protocol.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

/**
 * A request for a certificate (PKCS#10, RFC 2986): a subject, a public key, and the proof that who
 * asks holds the private key.
 *
 * @param commonName the subject's first common name; empty when it has none
 * @param keyInfo SubjectPublicKeyInfo, DER
 * @param der the whole request
 */
public record CertificationRequest(String commonName, Octets keyInfo, Octets der) {
  /** Larger requests than this are no requests: a key of 16384 bits needs a quarter of it. */
  private static final int MOST_OCTETS = 16 * 1024;

  /** Asks for {@code CN=commonName}, signed by SHA-256 with the pair's private key. */
  public static CertificationRequest of(String commonName, KeyPair pair) {
    SubjectPublicKeyInfo keyInfo = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    try {
      byte[] der =
          new PKCS10CertificationRequestBuilder(subject, keyInfo)
              .build(new CertificateSigner(pair.getPrivate(), SignatureScheme.SHA256, Octets.EMPTY))
              .getEncoded();
      return new CertificationRequest(commonName, Octets.of(keyInfo.getEncoded()), Octets.of(der));
    } catch (IOException e) {
      throw new IllegalStateException("cannot encode a request of our own", e);
    }
  }

  /**
   * Reads a request strictly: DER, nothing behind it, a key that is known here. Says nothing of the
   * signature; {@link #provesPossession} does.
   */
  public static CertificationRequest decode(Octets der) throws MalformedMessageException {
    if (der.size() > MOST_OCTETS) {
      throw new MalformedMessageException("PKCS#10", "has " + der.size() + " octets");
    }
    try {
      byte[] octets = der.toArray();
      ASN1Primitive read = ASN1Primitive.fromByteArray(octets);
      if (read == null || !Octets.of(read.getEncoded(ASN1Encoding.DER)).equals(der)) {
        throw new MalformedMessageException("PKCS#10", "is not one DER value");
      }
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(octets);
      SubjectPublicKeyInfo keyInfo = request.getSubjectPublicKeyInfo();
      new JcaPKCS10CertificationRequest(request).getPublicKey();
      List<String> names =
          Stream.of(request.getSubject().getRDNs(BCStyle.CN))
              .map(name -> IETFUtils.valueToString(name.getFirst().getValue()))
              .toList();
      return new CertificationRequest(
          names.isEmpty() ? "" : names.get(0), Octets.of(keyInfo.getEncoded()), der);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Bouncy Castle's parsers throw many kinds for input that is no request.
      throw new MalformedMessageException("PKCS#10", "cannot be read: " + e);
    }
  }

  /** The requested subject's key, in the JDK's classes. */
  public PublicKey publicKey() {
    try {
      return new JcaPKCS10CertificationRequest(der.toArray()).getPublicKey();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("decode let a key pass that cannot be read", e);
    }
  }

  /** Whether the request is signed with the private key of the public one that it holds. */
  public boolean provesPossession() {
    try {
      return new PKCS10CertificationRequest(der.toArray())
          .isSignatureValid(new JcaContentVerifierProviderBuilder().build(publicKey()));
    } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
      return false;
    }
  }
}
