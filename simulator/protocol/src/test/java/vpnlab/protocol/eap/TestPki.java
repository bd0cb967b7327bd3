package vpnlab.protocol.eap;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import vpnlab.wire.Octets;

/** A certification authority for tests; everything is minted when it is needed. */
public final class TestPki {
  private static long serial = 1000;

  private final X500Name issuer;
  private final KeyPair issuerKey;
  private final Octets certificate;
  private final Instant around;

  private TestPki(X500Name issuer, KeyPair issuerKey, Octets certificate, Instant around) {
    this.issuer = issuer;
    this.issuerKey = issuerKey;
    this.certificate = certificate;
    this.around = around;
  }

  /**
   * A new authority with a key of its own.
   *
   * @param around certificates are valid from a day before to a month after
   */
  public static TestPki create(String name, Instant around) {
    try {
      X500Name subject = new X500Name("CN=" + name);
      KeyPair key = rsa(2048);
      JcaX509v3CertificateBuilder builder =
          builder(
              subject,
              subject,
              key,
              around.minus(Duration.ofDays(1)),
              around.plus(Duration.ofDays(30)));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new TestPki(subject, key, sign(builder, key), around);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public Octets certificate() {
    return certificate;
  }

  /** DER of the CA's name. */
  public Octets name() {
    try {
      return Octets.of(issuer.getEncoded());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  public CertificateAndKey server(String host) {
    return issue(
        host,
        GeneralName.dNSName,
        KeyPurposeId.id_kp_serverAuth,
        rsaOrDie(),
        around.plus(Duration.ofDays(30)));
  }

  public CertificateAndKey ecServer(String host, String curve) {
    return issue(
        host,
        GeneralName.dNSName,
        KeyPurposeId.id_kp_serverAuth,
        ec(curve),
        around.plus(Duration.ofDays(30)));
  }

  public CertificateAndKey client(String user) {
    return issue(
        user,
        GeneralName.rfc822Name,
        KeyPurposeId.id_kp_clientAuth,
        rsaOrDie(),
        around.plus(Duration.ofDays(30)));
  }

  public CertificateAndKey ecClient(String user, String curve) {
    return issue(
        user,
        GeneralName.rfc822Name,
        KeyPurposeId.id_kp_clientAuth,
        ec(curve),
        around.plus(Duration.ofDays(30)));
  }

  public CertificateAndKey expiredServer(String host) {
    return issue(
        host,
        GeneralName.dNSName,
        KeyPurposeId.id_kp_serverAuth,
        rsaOrDie(),
        around.minus(Duration.ofHours(1)));
  }

  public CertificateAndKey expiredClient(String user) {
    return issue(
        user,
        GeneralName.rfc822Name,
        KeyPurposeId.id_kp_clientAuth,
        rsaOrDie(),
        around.minus(Duration.ofHours(1)));
  }

  private CertificateAndKey issue(
      String name, int nameKind, KeyPurposeId purpose, KeyPair key, Instant notAfter) {
    try {
      JcaX509v3CertificateBuilder builder =
          builder(
              issuer, new X500Name("CN=" + name), key, around.minus(Duration.ofDays(1)), notAfter);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(nameKind, name)));
      return new CertificateAndKey(
          List.of(sign(builder, issuerKey), certificate), key.getPrivate());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static synchronized BigInteger nextSerial() {
    return BigInteger.valueOf(serial++);
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair key, Instant from, Instant to) {
    return new JcaX509v3CertificateBuilder(
        issuer, nextSerial(), Date.from(from), Date.from(to), subject, key.getPublic());
  }

  private static Octets sign(JcaX509v3CertificateBuilder builder, KeyPair key)
      throws OperatorCreationException, java.io.IOException {
    ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate());
    return Octets.of(builder.build(signer).getEncoded());
  }

  private static KeyPair rsaOrDie() {
    try {
      return rsa(2048);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Full validation is the lab's work; here a certificate must be in time and of the CA. */
  public CertificateJudge judge() {
    return (now, chain) -> {
      try {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate end =
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(chain.get(0).toArray()));
        end.checkValidity(Date.from(now));
        X509Certificate root =
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(certificate.toArray()));
        end.verify(root.getPublicKey());
        return new CertificateVerdict.Accepted();
      } catch (CertificateExpiredException e) {
        return new CertificateVerdict.Refused(
            1, "expired", CertificateVerdict.Refused.CERTIFICATE_EXPIRED);
      } catch (CertificateException e) {
        return new CertificateVerdict.Refused(3, "bad", CertificateVerdict.Refused.BAD_CERTIFICATE);
      } catch (java.security.GeneralSecurityException e) {
        return new CertificateVerdict.Refused(2, "foreign", CertificateVerdict.Refused.UNKNOWN_CA);
      }
    };
  }

  /** Certificates in PEM, for programs that read files. */
  public static String pem(List<Octets> certificates) {
    List<String> blocks = new ArrayList<>();
    for (Octets certificate : certificates) {
      blocks.add(pem("CERTIFICATE", certificate.toArray()));
    }
    return String.join("", blocks);
  }

  public static String pemOfKey(CertificateAndKey owner) {
    return pem("PRIVATE KEY", owner.privateKey().getEncoded());
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
