package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PemFileTest {
  private final Drawer drawer = new Drawer();
  private final IssuedCertificate issued = drawer.issue(Drawer.server());

  @TempDir Path directory;

  @Test
  void aChainReadsBackInItsOrder() throws IOException {
    Path file = directory.resolve("chain.pem");
    PemFile.writeCertificates(file, issued.chain());
    assertThat(PemFile.readCertificates(file)).isEqualTo(issued.chain());
  }

  @Test
  void derAndTextBetweenCertificatesRead() throws IOException {
    Path der = directory.resolve("c.der");
    Files.write(der, issued.der().toArray());
    assertThat(PemFile.readCertificates(der)).containsExactly(issued.certificate());
    Path pem = directory.resolve("c.pem");
    Files.writeString(
        pem,
        "subject=vpn\r\n"
            + PemFile.encode(issued.privateKey())
            + "\n# root\n"
            + PemFile.encode(List.of(issued.root())).replace("\n", "\r\n"));
    assertThat(PemFile.readCertificates(pem)).containsExactly(issued.root());
    assertThat(PemFile.readPrivateKey(pem)).isEqualTo(issued.privateKey());
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void aPrivateKeyReadsBack(KeyKind kind) throws IOException {
    PrivateKey key = KeyPool.shared().keyPair(kind, 0).getPrivate();
    Path file = directory.resolve("key.pem");
    PemFile.writePrivateKey(file, key);
    assertThat(PemFile.readPrivateKey(file)).isEqualTo(key);
    assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
  }

  @Test
  void aPrivateKeyFileIsItsOwnersAloneEvenWhenItReplacesAnOpenOne() throws IOException {
    Path file = directory.resolve("key.pem");
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    PemFile.writePrivateKey(file, issued.privateKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({
    "genrsa -traditional 2048, BEGIN RSA PRIVATE KEY, RSA",
    "genrsa 2048, BEGIN PRIVATE KEY, RSA",
    "ecparam -name prime256v1 -genkey, BEGIN EC PRIVATE KEY, EC",
    "ecparam -name secp384r1 -genkey -noout, BEGIN EC PRIVATE KEY, EC",
    "genpkey -algorithm ed25519, BEGIN PRIVATE KEY, EdDSA",
  })
  @Tag("real-peer")
  void keysThatOpensslMadeRead(String command, String header, String algorithm) throws IOException {
    OpenSsl.require(directory);
    Path file = directory.resolve("key.pem");
    Files.writeString(file, OpenSsl.run(directory, command.split(" ")).output());
    assertThat(Files.readString(file)).contains(header);
    assertThat(PemFile.readPrivateKey(file).getAlgorithm()).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  @Tag("real-peer")
  void opensslReadsOurKeyAndFindsThePublicOneOfTheCertificate(KeyKind kind) throws IOException {
    OpenSsl.require(directory);
    IssuedCertificate some = drawer.issue(Drawer.server().key(kind));
    PemFile.writePrivateKey(directory.resolve("k.pem"), some.privateKey());
    PemFile.writeCertificates(directory.resolve("c.pem"), some.chain());
    assertThat(OpenSsl.run(directory, "pkey", "-in", "k.pem", "-pubout").output())
        .startsWith("-----BEGIN PUBLIC KEY-----")
        .isEqualTo(OpenSsl.run(directory, "x509", "-in", "c.pem", "-noout", "-pubkey").output());
  }

  @Test
  void errorsNameTheFileAndWhatIsWrong() throws IOException {
    Path none = directory.resolve("none.pem");
    assertThatThrownBy(() -> PemFile.readCertificates(none))
        .isInstanceOf(IOException.class)
        .hasMessage("no such file: " + none);
    assertCertificates("hello", "no PEM certificate in ");
    assertCertificates("", "no PEM certificate in ");
    assertCertificates(PemFile.encode(issued.privateKey()), "no PEM certificate in ");
    assertCertificates("0abc", "no certificate in ");
    assertCertificates(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate 1 in ");
    assertCertificates("-----BEGIN CERTIFICATE-----\nAAAA\n", "malformed PEM in ");
    assertKey("hello", "no PEM private key in ");
    assertKey(PemFile.encode(List.of(issued.certificate())), "no PEM private key in ");
    assertKey(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "is encrypted");
    assertKey(
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """,
        "is encrypted");
    assertKey("-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----\n", "is unusable: ");
    assertKey(
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n", "is unusable: ");
    assertThatThrownBy(() -> PemFile.readCertificates(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot read " + directory);
  }

  @Test
  void mutatedFilesReadOrAreIoExceptions() throws IOException {
    Random random = new Random(12);
    byte[] original =
        (PemFile.encode(issued.chain()) + PemFile.encode(issued.privateKey()))
            .getBytes(StandardCharsets.US_ASCII);
    Path file = directory.resolve("mutant.pem");
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] mutant = original.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        mutant[random.nextInt(mutant.length)] = (byte) (32 + random.nextInt(96));
      }
      Files.write(file, mutant);
      try {
        assertThat(PemFile.readCertificates(file)).isNotEmpty();
        assertThat(PemFile.readPrivateKey(file).getAlgorithm()).isNotEmpty();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining(file.toString());
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 1_999);
  }

  private void assertCertificates(String content, String message) throws IOException {
    Path file = directory.resolve("bad.pem");
    Files.writeString(file, content, StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> PemFile.readCertificates(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  private void assertKey(String content, String message) throws IOException {
    Path file = directory.resolve("bad.key");
    Files.writeString(file, content, StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> PemFile.readPrivateKey(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }
}
