package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.x509.SubjectAltName.Kind;
import vpnlab.wire.Octets;

class MintTest {
  private static final KeyPool ONE_POOL = new KeyPool(3);
  private static final KeyPool ANOTHER_POOL = new KeyPool(3);

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void theSameSeedGivesTheSameOctetsFromAnotherPool(KeyKind kind) {
    assertThat(chain(ONE_POOL, kind, SignatureScheme.SHA256, 1))
        .isEqualTo(chain(ANOTHER_POOL, kind, SignatureScheme.SHA256, 1));
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void everySignatureSchemeRepeatsItself(SignatureScheme scheme) {
    assertThat(chain(ONE_POOL, KeyKind.RSA2048, scheme, 1))
        .isEqualTo(chain(ANOTHER_POOL, KeyKind.RSA2048, scheme, 1));
  }

  @Test
  void anotherSeedGivesOtherSerialNumbers() {
    assertThat(chain(ONE_POOL, KeyKind.P256, SignatureScheme.SHA256, 1))
        .doesNotContainAnyElementsOf(chain(ONE_POOL, KeyKind.P256, SignatureScheme.SHA256, 2));
  }

  private static List<Octets> chain(KeyPool keys, KeyKind kind, SignatureScheme scheme, long seed) {
    Mint mint = new Mint(keys, RandomSource.seeded(seed));
    IssuedCertificate root =
        mint.issue(Drawer.authority("Root").key(kind).signature(scheme).build());
    IssuedCertificate leaf = mint.issue(Drawer.server().key(kind).signature(scheme).build(), root);
    return List.of(root.der(), leaf.der());
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void thePrivateKeyBelongsToTheCertificate(KeyKind kind) throws Exception {
    IssuedCertificate issued = new Drawer().issue(Drawer.server().key(kind));
    String algorithm =
        kind.algorithm().equals("RSA")
            ? "SHA256withRSA"
            : kind.algorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(issued.privateKey());
    signature.update(new byte[] {1, 2, 3});
    byte[] signed = signature.sign();
    signature.initVerify(issued.certificate());
    signature.update(new byte[] {1, 2, 3});
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void aKeyDependsOnSeedKindAndIndexAlone() {
    KeyPool pool = new KeyPool(5);
    Octets third = publicKey(pool, 3);
    KeyPool askedInOtherOrder = new KeyPool(5);
    publicKey(askedInOtherOrder, 0);
    assertThat(publicKey(askedInOtherOrder, 3)).isEqualTo(third);
    assertThat(publicKey(pool, 4)).isNotEqualTo(third);
    assertThat(publicKey(new KeyPool(6), 3)).isNotEqualTo(third);
  }

  private static Octets publicKey(KeyPool pool, int index) {
    return Octets.of(pool.keyPair(KeyKind.P256, index).getPublic().getEncoded());
  }

  @Test
  void oneCertificateMoreLeavesTheOthersAsTheyWere() {
    Map<String, CertificateRecipe> recipes = new LinkedHashMap<>();
    recipes.put("rras", Drawer.server().issuer("issuing").build());
    recipes.put("issuing", Drawer.authority("Issuing").issuer("root").build());
    recipes.put("root", Drawer.authority("Root").build());
    Map<String, IssuedCertificate> before = mint().issueAll(recipes);
    recipes.put("laptop", Drawer.client().issuer("issuing").build());
    Map<String, IssuedCertificate> after = mint().issueAll(recipes);
    assertThat(after.keySet()).containsExactly("rras", "issuing", "root", "laptop");
    before.forEach((name, issued) -> assertThat(after.get(name).chain()).isEqualTo(issued.chain()));
    assertThat(after.get("laptop").chain())
        .extracting(CertificateFields::subject)
        .containsExactly("CN=alice", "CN=Issuing, O=Corp", "CN=Root, O=Corp");
  }

  @Test
  void anUnknownIssuerIsNamed() {
    Map<String, CertificateRecipe> recipes =
        Map.of("rras", Drawer.server().issuer("corproot").build());
    assertThatThrownBy(() -> mint().issueAll(recipes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no certificate 'corproot' to issue others; there are [rras]");
  }

  @Test
  void issuersInACircleAreNamed() {
    Map<String, CertificateRecipe> recipes = new LinkedHashMap<>();
    recipes.put("a", Drawer.authority("A").issuer("b").build());
    recipes.put("b", Drawer.authority("B").issuer("a").build());
    assertThatThrownBy(() -> mint().issueAll(recipes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("circle: a, b");
  }

  private static Mint mint() {
    return new Mint(KeyPool.shared(), RandomSource.seeded(9));
  }

  @Test
  void everythingInTheRecipeStandsInTheCertificate() throws Exception {
    X509Certificate certificate =
        new Drawer()
            .issue(
                Drawer.server()
                    .organization("Corp, \"Inc\"")
                    .ip("192.0.2.1")
                    .ip("2001:db8::1")
                    .email("vpn@corp.example")
                    .upn("vpn@corp.example")
                    .signature(SignatureScheme.SHA384)
                    .caIssuersUrl("http://pki.corp.example/ca.crt")
                    .crlDistributionPoint("http://pki.corp.example/ca.crl"))
            .certificate();
    assertThat(CertificateFields.subject(certificate))
        .isEqualTo("CN=vpn.corp.example, O=\"Corp, \"\"Inc\"\"\"");
    assertThat(CertificateFields.issuer(certificate)).isEqualTo("CN=Corp Issuing CA, O=Corp");
    assertThat(CertificateFields.dnsNames(certificate)).containsExactly(Drawer.VPN);
    assertThat(CertificateFields.ipAddresses(certificate))
        .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
    assertThat(certificate.getSubjectAlternativeNames()).hasSize(5);
    assertThat(CertificateFields.extendedKeyUsage(certificate).orElseThrow())
        .containsExactly(KeyPurpose.SERVER_AUTH, KeyPurpose.IKE_INTERMEDIATE);
    assertThat(KeyUsage.of(certificate).orElseThrow())
        .containsExactly(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA384withECDSA");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(Drawer.ISSUED);
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Drawer.ISSUED.plus(Drawer.YEAR));
    assertThat(certificate.getNonCriticalExtensionOIDs())
        .contains("1.3.6.1.5.5.7.1.1", "2.5.29.31", "2.5.29.14", "2.5.29.35");
    assertThat(certificate.getSerialNumber().signum()).isPositive();
    assertThat(certificate.getSerialNumber().bitLength()).isLessThan(128);
  }

  @Test
  void whatAnyRecipeSaysCanBeReadFromItsCertificate() {
    Random random = new Random(13);
    Drawer drawer = new Drawer();
    for (int i = 0; i < 300; i++) {
      CertificateRecipe recipe = anyRecipe(random, i);
      IssuedCertificate issued = drawer.mint.issue(recipe, drawer.issuing);
      X509Certificate read = CertificateFields.parse(issued.der().toArray());
      assertThat(CertificateFields.commonNames(read)).containsExactly(recipe.commonName());
      assertThat(read.getNotBefore().toInstant()).isEqualTo(recipe.notBefore());
      assertThat(read.getNotAfter().toInstant()).isEqualTo(recipe.notAfter());
      assertThat(CertificateFields.extendedKeyUsage(read)).isEqualTo(recipe.extendedKeyUsage());
      assertThat(KeyUsage.of(read)).isEqualTo(recipe.keyUsage());
      assertThat(read.getBasicConstraints())
          .isEqualTo(recipe.ca() ? recipe.pathLength().orElse(Integer.MAX_VALUE) : -1);
      assertThat(CertificateFields.dnsNames(read)).isEqualTo(values(recipe, Kind.DNS));
      assertThat(CertificateFields.ipAddresses(read)).isEqualTo(values(recipe, Kind.IP));
      assertThat(CertificateFields.isSignedBy(read, drawer.issuing.certificate().getPublicKey()))
          .isTrue();
    }
  }

  private static CertificateRecipe anyRecipe(Random random, int index) {
    CertificateRecipe.Builder recipe =
        CertificateRecipe.of("host " + Integer.toString(random.nextInt(), 36) + ", 東京")
            .key(random.nextBoolean() ? KeyKind.P256 : KeyKind.ED25519)
            .keyIndex(index % 7)
            .notBefore(Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)))
            .notAfter(Instant.ofEpochSecond(Integer.MAX_VALUE + (long) random.nextInt(1 << 30)));
    List<KeyUsage> usages = anyOf(random, List.of(KeyUsage.values()));
    if (!usages.isEmpty()) {
      recipe.keyUsage(usages);
    }
    List<KeyPurpose> purposes =
        anyOf(
            random,
            List.of(
                KeyPurpose.SERVER_AUTH,
                KeyPurpose.IKE_INTERMEDIATE,
                KeyPurpose.ANY,
                new KeyPurpose("1.3.6.1.4.1.99999." + random.nextInt(1000))));
    if (!purposes.isEmpty()) {
      recipe.extendedKeyUsage(purposes.toArray(new KeyPurpose[0]));
    }
    if (random.nextBoolean()) {
      recipe.ca();
      if (random.nextBoolean()) {
        recipe.pathLength(random.nextInt(300));
      }
    }
    for (int n = random.nextInt(4); n > 0; n--) {
      recipe.dns("h" + random.nextInt(1000) + ".example").ip("192.0.2." + random.nextInt(256));
      recipe.upn("user" + n + "@corp.example").email("user" + n + "@corp.example");
    }
    return recipe.build();
  }

  private static <T> List<T> anyOf(Random random, List<T> all) {
    return all.stream().filter(item -> random.nextBoolean()).toList();
  }

  private static List<String> values(CertificateRecipe recipe, Kind kind) {
    return recipe.subjectAltNames().stream()
        .filter(name -> name.kind() == kind)
        .map(SubjectAltName::value)
        .toList();
  }

  @Test
  void yearsFrom2050AreGeneralizedTime() {
    X509Certificate certificate =
        new Drawer()
            .issue(Drawer.server().notAfter(Drawer.NOW.plus(Duration.ofDays(365 * 40))))
            .certificate();
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(Drawer.NOW.plus(Duration.ofDays(365 * 40)));
  }

  @Test
  void pssNeedsAnRsaIssuer() {
    CertificateRecipe.Builder recipe = Drawer.server().signature(SignatureScheme.RSASSA_PSS);
    assertThatThrownBy(() -> new Drawer().issue(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot sign with rsassa-pss");
  }

  @Test
  void contradictoryRecipesAreRefused() {
    assertThatThrownBy(() -> CertificateRecipe.of("x").build())
        .hasMessage("certificate x needs notBefore and notAfter");
    assertThatThrownBy(() -> Drawer.server().pathLength(1).build())
        .hasMessageContaining("a path length needs a CA certificate");
    assertThatThrownBy(() -> Drawer.server().notAfter(Drawer.ISSUED.minusSeconds(1)).build())
        .hasMessageContaining("is before");
    assertThatThrownBy(() -> Drawer.server().extendedKeyUsage().build())
        .hasMessageContaining("empty extended key usage");
    assertThatThrownBy(() -> SubjectAltName.ip("vpn.corp.example"))
        .hasMessage("'vpn.corp.example' is not an IP address literal");
  }
}
