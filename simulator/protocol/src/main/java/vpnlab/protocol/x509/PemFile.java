package vpnlab.protocol.x509;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import vpnlab.wire.Octets;

/** Certificates and private keys in files (RFC 7468). */
public final class PemFile {
  private static final Set<String> CERTIFICATE_TYPES =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

  private PemFile() {}

  /** The certificates as PEM text, in their order. */
  public static String encode(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append(encode("CERTIFICATE", CertificateFields.der(certificate).toArray()));
    }
    return text.toString();
  }

  /** The key as PKCS#8 PEM text, not encrypted. */
  public static String encode(PrivateKey key) {
    return encode("PRIVATE KEY", key.getEncoded());
  }

  private static String encode(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  /** Writes certificates; a file that is there is replaced. */
  public static void writeCertificates(Path file, List<X509Certificate> certificates)
      throws IOException {
    Files.writeString(file, encode(certificates), StandardCharsets.US_ASCII);
  }

  /**
   * Writes a private key as PKCS#8 into a new file that only its owner may read, where the file
   * system knows permissions; a file that is there is replaced.
   */
  public static void writePrivateKey(Path file, PrivateKey key) throws IOException {
    Files.deleteIfExists(file);
    FileAttribute<?>[] ownerOnly =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, ownerOnly);
    Files.writeString(
        file, encode(key), StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /**
   * Reads one or several certificates, PEM (anything between them is skipped) or DER.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static List<X509Certificate> readCertificates(Path file) throws IOException {
    byte[] content = read(file);
    List<X509Certificate> certificates = new ArrayList<>();
    if (!isPem(content)) {
      certificates.addAll(derCertificates(file, content));
    } else {
      for (PemObject object : objects(file, content)) {
        if (CERTIFICATE_TYPES.contains(object.getType())) {
          certificates.add(certificate(file, certificates.size() + 1, object.getContent()));
        }
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException("no PEM certificate in " + file);
    }
    return certificates;
  }

  /**
   * Reads the first private key of a PEM file: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC).
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static PrivateKey readPrivateKey(Path file) throws IOException {
    byte[] content = read(file);
    if (!isPem(content)) {
      throw new IOException("no PEM private key in " + file);
    }
    for (PemObject object : objects(file, content)) {
      boolean encrypted =
          object.getType().equals("ENCRYPTED PRIVATE KEY") || !object.getHeaders().isEmpty();
      if (encrypted && object.getType().endsWith("PRIVATE KEY")) {
        throw new IOException("the private key in " + file + " is encrypted; decrypt it first");
      }
      switch (object.getType()) {
        case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
          return privateKey(file, object);
        }
        default -> {}
      }
    }
    throw new IOException("no PEM private key in " + file);
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException("not allowed to read " + file, e);
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isPem(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  private static List<PemObject> objects(Path file, byte[] content) throws IOException {
    List<PemObject> objects = new ArrayList<>();
    try (PemReader reader =
        new PemReader(new StringReader(new String(content, StandardCharsets.ISO_8859_1)))) {
      for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
        objects.add(next);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException("malformed PEM in " + file + ": " + e.getMessage(), e);
    }
    return objects;
  }

  private static List<X509Certificate> derCertificates(Path file, byte[] content)
      throws IOException {
    if (content.length == 0 || content[0] != 0x30) {
      throw new IOException("no PEM certificate in " + file);
    }
    try {
      List<X509Certificate> certificates = new ArrayList<>();
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))) {
        certificates.add((X509Certificate) certificate);
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IOException("no certificate in " + file + ": " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(Path file, int number, byte[] der) throws IOException {
    try {
      return CertificateFields.decode(Octets.of(der));
    } catch (CertificateException e) {
      throw new IOException(
          "certificate " + number + " in " + file + " is malformed: " + e.getMessage(), e);
    }
  }

  private static PrivateKey privateKey(Path file, PemObject object) throws IOException {
    try {
      PrivateKeyInfo info =
          switch (object.getType()) {
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    ASN1Sequence.getInstance(object.getContent()));
            case "EC PRIVATE KEY" -> {
              ECPrivateKey key = ECPrivateKey.getInstance(object.getContent());
              yield new PrivateKeyInfo(
                  new AlgorithmIdentifier(
                      X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                  key);
            }
            default -> PrivateKeyInfo.getInstance(object.getContent());
          };
      String algorithm = algorithm(info.getPrivateKeyAlgorithm().getAlgorithm().getId());
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | RuntimeException e) {
      // Bouncy Castle's parsers meet malformed octets with runtime exceptions of many kinds.
      throw new IOException("the private key in " + file + " is unusable: " + e.getMessage(), e);
    }
  }

  private static String algorithm(String oid) throws GeneralSecurityException {
    return switch (oid) {
      case "1.2.840.113549.1.1.1" -> "RSA";
      case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
      case "1.2.840.10045.2.1" -> "EC";
      case "1.3.101.112" -> "Ed25519";
      default -> throw new GeneralSecurityException("unknown key algorithm " + oid);
    };
  }
}
