package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;

class CertificationRequestTest {
  @TempDir Path directory;

  private static CertificationRequest request(KeyKind kind, String name) {
    return CertificationRequest.of(name, KeyPool.shared().keyPair(kind, 0));
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void aRequestReadsBackAndProvesThatItsKeyIsHeld(KeyKind kind) throws Exception {
    KeyPair pair = KeyPool.shared().keyPair(kind, 0);
    for (String name : List.of("carol@corp.example", "キャロル", "a, \"quoted\" name=x")) {
      CertificationRequest made = CertificationRequest.of(name, pair);
      CertificationRequest read = CertificationRequest.decode(made.der());
      assertThat(read.keyInfo()).isEqualTo(Octets.of(pair.getPublic().getEncoded()));
      assertThat(read.der()).isEqualTo(made.der());
      assertThat(read.publicKey()).isEqualTo(pair.getPublic());
      assertThat(read.provesPossession()).isTrue();
    }
    assertThat(CertificationRequest.decode(request(kind, "carol@corp.example").der()).commonName())
        .isEqualTo("carol@corp.example");
  }

  /** Whatever arrives is a request or refused; and nobody gets another's signature to count. */
  @Test
  void arbitraryAndAlteredOctetsAreRequestsOrMalformedAndNeverProveAnything() {
    Octets good = request(KeyKind.RSA2048, "carol@corp.example").der();
    Random random = new Random(20260115);
    int read = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] altered = good.toArray();
      for (int i = random.nextInt(3); i >= 0; i--) {
        altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Octets octets =
          random.nextInt(5) == 0
              ? Octets.of(altered).slice(0, random.nextInt(altered.length))
              : Octets.of(altered);
      if (octets.equals(good)) {
        continue;
      }
      try {
        CertificationRequest decoded = CertificationRequest.decode(octets);
        read++;
        assertThat(decoded.provesPossession()).as("round " + round).isFalse();
      } catch (MalformedMessageException expected) {
        assertThat(expected).hasMessageContaining("PKCS#10");
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void octetsBehindARequestAndEndlessOnesAreRefused() {
    Octets der = request(KeyKind.P256, "x").der();
    assertThatThrownBy(() -> CertificationRequest.decode(Octets.concat(der, Octets.zeros(1))))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> CertificationRequest.decode(Octets.zeros(20_000)))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> CertificationRequest.decode(Octets.EMPTY))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void theCertifiedKeyIsTheOneThatWasAskedFor() {
    Drawer drawer = new Drawer();
    KeyPair pair = KeyPool.shared().keyPair(KeyKind.P256, 77);
    X509Certificate certificate =
        drawer.mint.certify(Drawer.client().build(), pair.getPublic(), drawer.issuing);
    assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
    assertThat(
            Drawer.engine(drawer.root.certificate())
                .evaluate(
                    certificate,
                    List.of(drawer.issuing.certificate()),
                    Drawer.NOW,
                    ChainPolicy.client())
                .valid())
        .isTrue();
  }

  @Test
  @Tag("interop")
  void opensslVerifiesOurRequestsAndWeVerifyThoseOfOpenssl() throws Exception {
    OpenSsl.require(directory);
    for (KeyKind kind : List.of(KeyKind.RSA2048, KeyKind.P256)) {
      Files.write(directory.resolve("r.der"), request(kind, "carol@corp.example").der().toArray());
      OpenSsl verified =
          OpenSsl.run(
              directory, "req", "-inform", "DER", "-in", "r.der", "-verify", "-noout", "-subject");
      assertThat(verified.exitCode()).as(verified.output()).isZero();
      assertThat(verified.output()).contains("carol@corp.example");
    }
    OpenSsl made =
        OpenSsl.run(
            directory,
            "req",
            "-new",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "k.pem",
            "-outform",
            "DER",
            "-out",
            "o.der",
            "-subj",
            "/O=Corp/CN=dave",
            "-addext",
            "subjectAltName=DNS:dave.corp.example");
    assertThat(made.exitCode()).as(made.output()).isZero();
    CertificationRequest read =
        CertificationRequest.decode(Octets.of(Files.readAllBytes(directory.resolve("o.der"))));
    assertThat(read.commonName()).isEqualTo("dave");
    assertThat(read.provesPossession()).isTrue();
  }
}
