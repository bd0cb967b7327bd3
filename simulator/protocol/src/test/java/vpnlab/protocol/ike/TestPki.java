package vpnlab.protocol.ike;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
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
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Identity;

/** A certification authority that lives as long as a test run. */
final class TestPki {
  /** A certificate with its key. */
  record Issued(X509Certificate certificate, PrivateKey key) {
    Octets der() {
      return octets(certificate);
    }

    List<Octets> chain() {
      return List.of(der());
    }

    String certificatePem() {
      return pem("CERTIFICATE", der().toArray());
    }

    String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    Identity distinguishedName() {
      return Identity.distinguishedName(
          Octets.of(certificate.getSubjectX500Principal().getEncoded()));
    }
  }

  static final TestPki INSTANCE = new TestPki();

  private final KeyPair caKeys = rsaKeys();
  private final X509Certificate ca;
  private long serial = 1;

  /** Made once, because RSA keys are slow to make. */
  final Issued rsaServer;

  final Issued rsaClient;

  private TestPki() {
    ca = build("CN=Test Root", caKeys.getPublic(), null);
    rsaServer = issue("vpn.test.example", rsaKeys());
    rsaClient = issue("laptop.test.example", rsaKeys());
  }

  X509Certificate ca() {
    return ca;
  }

  String caPem() {
    return pem("CERTIFICATE", octets(ca).toArray());
  }

  Issued issueEc(String name, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return issue(name, generator.generateKeyPair());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Issued issue(String name, KeyPair keys) {
    return new Issued(build("CN=" + name, keys.getPublic(), name), keys.getPrivate());
  }

  private static KeyPair rsaKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate build(String subject, PublicKey key, String host) {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=Test Root"),
              BigInteger.valueOf(serial++),
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(Duration.ofDays(30))),
              new X500Name(subject),
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
      if (host == null) {
        builder.addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      } else {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      }
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder("SHA256withRSA").build(caKeys.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new java.io.ByteArrayInputStream(der));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Accepts what this authority has issued. */
  PeerVerifier verifier() {
    return (now, chain, identity) -> {
      try {
        X509Certificate endEntity =
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(chain.get(0).toArray()));
        endEntity.verify(caKeys.getPublic());
        return new PeerVerifier.Accepted(endEntity.getPublicKey());
      } catch (Exception e) {
        return new PeerVerifier.Refused(13801, String.valueOf(e.getMessage()));
      }
    };
  }

  private static Octets octets(X509Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }
}
