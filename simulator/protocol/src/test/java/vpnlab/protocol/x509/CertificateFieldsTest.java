package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.wire.Octets;

class CertificateFieldsTest {
  private final Drawer drawer = new Drawer();
  private final IssuedCertificate issued = drawer.issue(Drawer.server());

  /** X500Principal reads, as Windows prints, the most specific part first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CN=vpn,OU=IT,O=Corp,L=Minato,ST=Tokyo,C=JP | CN=vpn, OU=IT, O=Corp, L=Minato, S=Tokyo, C=JP",
        "CN=Corp Issuing CA,DC=corp,DC=example | CN=Corp Issuing CA, DC=corp, DC=example",
        "CN=a,O=Corp\\, Inc. | CN=a, O=\"Corp, Inc.\"",
        "CN=the \\\"a\\\" | CN=\"the \"\"a\"\"\"",
        "CN=a+OU=b | CN=a + OU=b",
        "1.2.840.113549.1.9.1=a@b.example | E=a@b.example",
        "CN=東京 | CN=東京",
      })
  void distinguishedNamesLookAsInWindows(String name, String windows) {
    assertThat(WindowsNames.format(new X500Principal(name))).isEqualTo(windows);
  }

  @Test
  void anUnknownAttributeShowsItsObjectIdentifier() {
    X500Principal name = new X500Principal("TELEX=x", Map.of("TELEX", "2.5.4.21"));
    assertThat(WindowsNames.format(name)).isEqualTo("OID.2.5.4.21=x");
  }

  @Test
  @Tag("real-peer")
  void thumbprintAndSerialNumberAreThoseOfOpenssl(@TempDir Path directory) throws Exception {
    OpenSsl.require(directory);
    PemFile.writeCertificates(directory.resolve("c.pem"), List.of(issued.certificate()));
    String output =
        OpenSsl.run(directory, "x509", "-in", "c.pem", "-noout", "-fingerprint", "-sha1", "-serial")
            .output();
    assertThat(output.replace(":", ""))
        .contains("ingerprint=" + CertificateFields.thumbprint(issued.certificate()))
        .contains(
            "serial="
                + CertificateFields.serialNumber(issued.certificate()).toUpperCase(Locale.ROOT));
  }

  /** With method 1 of RFC 5280 the key identifier hashes the bit string, this hash the whole. */
  @Test
  @Tag("real-peer")
  void thePublicKeyHashIsOverTheWholeSubjectPublicKeyInfo(@TempDir Path directory)
      throws Exception {
    OpenSsl.require(directory);
    PemFile.writeCertificates(directory.resolve("c.pem"), List.of(issued.root()));
    OpenSsl.run(directory, "x509", "-in", "c.pem", "-noout", "-pubkey", "-out", "p.pem");
    OpenSsl.run(directory, "pkey", "-pubin", "-in", "p.pem", "-outform", "DER", "-out", "p.der");
    assertThat(OpenSsl.run(directory, "dgst", "-sha1", "p.der").output().trim())
        .endsWith("= " + CertificateFields.publicKeyHash(issued.root()).toHex());
  }

  @Test
  void octetsAfterACertificateAreRefused() {
    Octets longer = Octets.concat(issued.der(), Octets.zeros(1));
    assertThatThrownBy(() -> CertificateFields.decode(longer))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> CertificateFields.decode(Octets.EMPTY))
        .isInstanceOf(CertificateException.class);
    Octets pem = Octets.of(PemFile.encode(issued.chain()).getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> CertificateFields.decode(pem))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void mutatedCertificatesAreRefusedOrJudgedButNeverThrowAndNeverPass() throws Exception {
    Random random = new Random(11);
    int judged = 0;
    for (int i = 0; i < 5_000; i++) {
      boolean mutateLeaf = random.nextBoolean();
      IssuedCertificate victim = mutateLeaf ? issued : drawer.issuing;
      X509Certificate mutant;
      try {
        mutant = CertificateFields.decode(mutated(victim.der(), random));
      } catch (CertificateException e) {
        continue;
      }
      judged++;
      ChainResult result =
          Drawer.engine(drawer.root.certificate())
              .evaluate(
                  mutateLeaf ? mutant : issued.certificate(),
                  List.of(mutateLeaf ? drawer.issuing.certificate() : mutant),
                  Drawer.NOW,
                  ChainPolicy.ikeServer(Drawer.VPN));
      // What follows the signed part may be written in several ways; the signed part may not.
      assertThat(result.valid() && !isSignedPartSame(mutant, victim))
          .as("mutant %s: %s", i, result)
          .isFalse();
      assertThat(result.has(ChainError.VALIDATORS_DISAGREE)).as("%s", result).isFalse();
      assertThat(ServerCertificateSelection.select(List.of(mutant), c -> c)).isNotNull();
      assertThat(CertificateFields.thumbprint(mutant)).hasSize(40);
    }
    assertThat(judged).isGreaterThan(1_000);
  }

  private static boolean isSignedPartSame(X509Certificate mutant, IssuedCertificate original)
      throws CertificateException {
    return Arrays.equals(mutant.getTBSCertificate(), original.certificate().getTBSCertificate());
  }

  private static Octets mutated(Octets der, Random random) {
    byte[] bytes = der.toArray();
    for (int n = random.nextInt(3); n >= 0; n--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return Octets.of(bytes).equals(der) ? mutated(der, random) : Octets.of(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "serverAuth, 1.3.6.1.5.5.7.3.1, Server Authentication (1.3.6.1.5.5.7.3.1)",
    "SERVERAUTH, 1.3.6.1.5.5.7.3.1, Server Authentication (1.3.6.1.5.5.7.3.1)",
    "1.3.6.1.5.5.8.2.2, 1.3.6.1.5.5.8.2.2, IP security IKE intermediate (1.3.6.1.5.5.8.2.2)",
    "1.2.3.4, 1.2.3.4, Unknown Key Usage (1.2.3.4)",
  })
  void purposesParseByNameAndByNumber(String text, String oid, String windows) {
    assertThat(KeyPurpose.parse(text).oid()).isEqualTo(oid);
    assertThat(KeyPurpose.parse(text).windowsName()).isEqualTo(windows);
    assertThat(KeyPurpose.parse(KeyPurpose.parse(text).toString()))
        .isEqualTo(KeyPurpose.parse(text));
  }

  @Test
  void unknownWordsInARecipeAreNamed() {
    assertThatThrownBy(() -> KeyPurpose.parse("serverAuht"))
        .hasMessageContaining("unknown key purpose 'serverAuht': use aadConditionalAccess, any");
    assertThatThrownBy(() -> KeyKind.parse("rsa512")).hasMessageContaining("rsa2048");
    assertThatThrownBy(() -> SignatureScheme.parse("md5")).hasMessageContaining("rsassa-pss");
    assertThatThrownBy(() -> KeyUsage.parse("sign")).hasMessageContaining("digitalSignature");
    assertThat(KeyUsage.parse("crlsign")).isEqualTo(KeyUsage.CRL_SIGN);
    assertThat(SignatureScheme.parse("rsassa-pss")).isEqualTo(SignatureScheme.RSASSA_PSS);
    assertThat(KeyKind.parse("P384")).isEqualTo(KeyKind.P384);
  }
}
