package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.protocol.x509.ChainPolicy.Revocation;

class ChainEngineTest {
  private static final Instant NOW = Drawer.NOW;
  private static final ChainPolicy SERVER = ChainPolicy.ikeServer(Drawer.VPN);

  private final Drawer drawer = new Drawer();
  private final IssuedCertificate good = drawer.issue(Drawer.server());

  private static void assertOnly(ChainResult result, ChainError error, int bit, int hresult) {
    assertThat(result.valid()).isFalse();
    assertThat(result.problems()).extracting(ChainProblem::error).containsOnly(error);
    assertThat(result.errorStatus()).isEqualTo(bit);
    assertThat(result.policyStatus()).isEqualTo(hresult);
  }

  @Test
  void aGoodChainHasNoBit() {
    ChainResult result = drawer.judge(good, SERVER);
    assertThat(result.problems()).isEmpty();
    assertThat(result.valid()).isTrue();
    assertThat(result.errorStatus()).isZero();
    assertThat(result.policyStatus()).isZero();
    assertThat(result.chain()).isEqualTo(good.chain());
  }

  @Test
  void theOrderOfWhatThePeerSendsDoesNotMatter() {
    IssuedCertificate deeper = drawer.mint.issue(Drawer.authority("Deeper").build(), drawer.root);
    IssuedCertificate deepest = drawer.mint.issue(Drawer.authority("Deepest").build(), deeper);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), deepest);
    ChainResult result =
        Drawer.engine(drawer.root.certificate())
            .evaluate(
                leaf.certificate(),
                List.of(
                    drawer.root.certificate(),
                    good.certificate(),
                    deeper.certificate(),
                    deepest.certificate()),
                NOW,
                SERVER);
    assertThat(result.valid()).isTrue();
    assertThat(result.chain()).isEqualTo(leaf.chain());
  }

  @Test
  void expiredIsNotTimeValid() {
    ChainResult result = drawer.judgeServer(Drawer.server().notAfter(NOW.minusSeconds(1)));
    assertOnly(result, ChainError.NOT_TIME_VALID, 0x1, 0x800B0101);
    assertThat(result.problems().get(0).text())
        .isEqualTo("expired: notAfter 2026-06-01T11:59:59Z is before 2026-06-01T12:00:00Z");
  }

  @Test
  void notYetValidIsNotTimeValid() {
    ChainResult result = drawer.judgeServer(Drawer.server().notBefore(NOW.plusSeconds(1)));
    assertOnly(result, ChainError.NOT_TIME_VALID, 0x1, 0x800B0101);
    assertThat(result.problems().get(0).text()).startsWith("not yet valid");
  }

  @Test
  void bothEndsOfValidityAreStillValid() {
    assertThat(drawer.judgeServer(Drawer.server().notAfter(NOW)).valid()).isTrue();
    assertThat(drawer.judgeServer(Drawer.server().notBefore(NOW)).valid()).isTrue();
  }

  @Test
  void anExpiredIntermediateOrRootIsNotTimeValidEither() {
    Instant later = Drawer.ISSUED.plus(Drawer.YEAR.multipliedBy(9)).plusSeconds(1);
    IssuedCertificate leaf = drawer.issue(Drawer.server().notAfter(later.plus(Drawer.YEAR)));
    ChainResult result =
        Drawer.engine(drawer.root.certificate())
            .evaluate(leaf.certificate(), leaf.intermediates(), later, SERVER);
    assertOnly(result, ChainError.NOT_TIME_VALID, 0x1, 0x800B0101);
    assertThat(result.problems())
        .extracting(ChainProblem::certificate)
        .containsExactly(drawer.issuing.certificate(), drawer.root.certificate());
  }

  @Test
  void aForeignRootIsUntrusted() {
    ChainResult result =
        Drawer.engine(drawer.root("Other Root").certificate())
            .evaluate(
                good.certificate(), good.chain().subList(1, good.chain().size()), NOW, SERVER);
    assertOnly(result, ChainError.UNTRUSTED_ROOT, 0x20, 0x800B0109);
    assertThat(result.chain()).isEqualTo(good.chain());
  }

  @Test
  void aSelfSignedServerCertificateIsAnUntrustedRoot() {
    IssuedCertificate self = drawer.mint.issue(Drawer.server().build());
    assertOnly(drawer.judge(self, SERVER), ChainError.UNTRUSTED_ROOT, 0x20, 0x800B0109);
  }

  @Test
  void aSelfSignedServerCertificateInTheRootStoreIsGood() {
    IssuedCertificate self = drawer.mint.issue(Drawer.server().build());
    ChainResult result =
        Drawer.engine(self.certificate()).evaluate(self.certificate(), List.of(), NOW, SERVER);
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void aMissingIntermediateIsAPartialChain() {
    ChainResult result =
        Drawer.engine(drawer.root.certificate())
            .evaluate(good.certificate(), List.of(), NOW, SERVER);
    assertOnly(result, ChainError.PARTIAL_CHAIN, 0x10000, 0x800B010A);
  }

  @Test
  void anIntermediateInTheClientsOwnStoreHealsThePartialChain() {
    ChainEngine engine =
        new ChainEngine(List.of(drawer.root.certificate()), List.of(drawer.issuing.certificate()));
    assertThat(engine.evaluate(good.certificate(), List.of(), NOW, SERVER).valid()).isTrue();
  }

  @Test
  void anIssuerOfTheSameNameWithAnotherKeyIsNoIssuer() {
    IssuedCertificate impostor =
        drawer.mint.issue(Drawer.authority("Corp Issuing CA").build(), drawer.root);
    ChainResult result =
        Drawer.engine(drawer.root.certificate())
            .evaluate(good.certificate(), List.of(impostor.certificate()), NOW, SERVER);
    assertOnly(result, ChainError.PARTIAL_CHAIN, 0x10000, 0x800B010A);
  }

  @Test
  void aTamperedCertificateHasNoValidSignature() {
    ChainResult result = drawer.judge(good.withTamperedSignature(), SERVER);
    assertOnly(result, ChainError.SIGNATURE_NOT_VALID, 0x8, 0x80096004);
    assertThat(result.chain()).hasSize(3);
  }

  @Test
  void anIssuerThatIsNoAuthorityViolatesBasicConstraints() {
    IssuedCertificate notCa =
        drawer.mint.issue(Drawer.authority("Not a CA").notCa().build(), drawer.root);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), notCa);
    assertOnly(drawer.judge(leaf, SERVER), ChainError.BASIC_CONSTRAINTS, 0x400, 0x80096019);
  }

  @Test
  void aPathLengthThatIsExceededViolatesBasicConstraints() {
    IssuedCertificate below =
        drawer.mint.issue(Drawer.authority("One too many").build(), drawer.issuing);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), below);
    ChainResult result = drawer.judge(leaf, SERVER);
    assertOnly(result, ChainError.BASIC_CONSTRAINTS, 0x400, 0x80096019);
    assertThat(result.problems().get(0).certificate()).isEqualTo(drawer.issuing.certificate());
  }

  @Test
  void anIssuerWithoutKeyCertSignIsNotValidForUsage() {
    IssuedCertificate crlOnly =
        drawer.mint.issue(
            Drawer.authority("CRLs only").keyUsage(KeyUsage.CRL_SIGN).build(), drawer.root);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), crlOnly);
    assertOnly(drawer.judge(leaf, SERVER), ChainError.NOT_VALID_FOR_USAGE, 0x10, 0x800B0110);
  }

  @Test
  void aNameOutsideThePermittedSubtreeViolatesNameConstraints() {
    IssuedCertificate constrained =
        drawer.mint.issue(
            Drawer.authority("Elsewhere").permittedDnsName("else.example").build(), drawer.root);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), constrained);
    assertOnly(drawer.judge(leaf, SERVER), ChainError.NAME_CONSTRAINTS, 0x800, 0x800B0114);
  }

  @Test
  void anExcludedNameViolatesNameConstraintsOfTheRootToo() {
    IssuedCertificate root =
        drawer.mint.issue(Drawer.authority("Root").excludedDnsName("corp.example").build());
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), root);
    ChainResult result =
        Drawer.engine(root.certificate()).evaluate(leaf.certificate(), List.of(), NOW, SERVER);
    assertOnly(result, ChainError.NAME_CONSTRAINTS, 0x800, 0x800B0114);
  }

  @Test
  void aNameInsideThePermittedSubtreeIsGood() {
    IssuedCertificate constrained =
        drawer.mint.issue(
            Drawer.authority("Here").permittedDnsName("corp.example").build(), drawer.root);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), constrained);
    assertThat(drawer.judge(leaf, SERVER).problems()).isEmpty();
  }

  @Test
  void noServerAuthenticationIsNotValidForUsage() {
    assertOnly(
        drawer.judgeServer(Drawer.server().extendedKeyUsage(KeyPurpose.IKE_INTERMEDIATE)),
        ChainError.NOT_VALID_FOR_USAGE,
        0x10,
        0x800B0110);
  }

  @Test
  void noExtendedKeyUsageAtAllIsRefusedByTheIkeClientAndAllowedToClients() {
    assertOnly(
        drawer.judgeServer(Drawer.server().noExtendedKeyUsage()),
        ChainError.NOT_VALID_FOR_USAGE,
        0x10,
        0x800B0110);
    assertThat(
            drawer
                .judge(drawer.issue(Drawer.client().noExtendedKeyUsage()), ChainPolicy.client())
                .valid())
        .isTrue();
  }

  @Test
  void anyExtendedKeyUsageServesForAll() {
    assertThat(drawer.judgeServer(Drawer.server().extendedKeyUsage(KeyPurpose.ANY)).valid())
        .isTrue();
  }

  @Test
  void thePurposesOfAnIssuerLimitThoseBelow() {
    IssuedCertificate clientsOnly =
        drawer.mint.issue(
            Drawer.authority("Clients only").extendedKeyUsage(KeyPurpose.CLIENT_AUTH).build(),
            drawer.root);
    IssuedCertificate server = drawer.mint.issue(Drawer.server().build(), clientsOnly);
    IssuedCertificate client = drawer.mint.issue(Drawer.client().build(), clientsOnly);
    assertOnly(drawer.judge(server, SERVER), ChainError.NOT_VALID_FOR_USAGE, 0x10, 0x800B0110);
    assertThat(drawer.judge(client, ChainPolicy.client()).valid()).isTrue();
  }

  @Test
  void aKeyUsageWithoutDigitalSignatureIsNotValidForUsage() {
    CertificateRecipe.Builder recipe = Drawer.server().keyUsage(KeyUsage.KEY_ENCIPHERMENT);
    assertOnly(drawer.judgeServer(recipe), ChainError.NOT_VALID_FOR_USAGE, 0x10, 0x800B0110);
    assertThat(drawer.judgeServer(Drawer.server().noKeyUsage()).valid()).isTrue();
    assertThat(
            drawer.judge(drawer.issue(recipe), SERVER.withDigitalSignatureRequired(false)).valid())
        .isTrue();
  }

  @Test
  void anotherNameIsAMismatchWithoutAnyBit() {
    ChainResult result = drawer.judge(good, ChainPolicy.ikeServer("vpn2.corp.example"));
    assertOnly(result, ChainError.NAME_MISMATCH, 0, 0x800B010F);
    assertThat(result.problems().get(0).text())
        .isEqualTo("vpn2.corp.example is none of its names: [vpn.corp.example]");
  }

  @Test
  void bitsHaveTheirNamesOfWincrypt() {
    assertThat(ChainError.bitNames(0x10000 | 0x1))
        .containsExactly("CERT_TRUST_IS_PARTIAL_CHAIN", "CERT_TRUST_IS_NOT_TIME_VALID");
    assertThat(ChainError.bitNames(0)).isEmpty();
    assertThat(ChainError.NOT_TIME_VALID.hresultName()).isEqualTo("CERT_E_EXPIRED");
  }

  @Test
  void oneOfSeveralExpectedNamesIsEnough() {
    ChainPolicy either =
        SERVER.withExpectedNames(List.of("other.corp.example", "VPN.corp.example."));
    assertThat(drawer.judge(good, either).valid()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, true, true, 0x80096004",
    "false, true, true, true, 0x800B0109",
    "false, false, true, true, 0x800B0101",
    "false, false, false, true, 0x800B0110",
    "false, false, false, false, 0x800B010F",
  })
  void ofSeveralProblemsTheEarliestInTheChainOfReasonsDecides(
      boolean tampered, boolean untrusted, boolean expired, boolean wrongUsage, String hresult) {
    CertificateRecipe.Builder recipe = Drawer.server();
    if (expired) {
      recipe.notAfter(NOW.minusSeconds(1));
    }
    if (wrongUsage) {
      recipe.extendedKeyUsage(KeyPurpose.CLIENT_AUTH);
    }
    IssuedCertificate leaf = drawer.issue(recipe);
    leaf = tampered ? leaf.withTamperedSignature() : leaf;
    X509Certificate root = untrusted ? drawer.root("X").certificate() : drawer.root.certificate();
    ChainResult result =
        Drawer.engine(root)
            .evaluate(
                leaf.certificate(),
                leaf.chain().subList(1, 3),
                NOW,
                ChainPolicy.ikeServer("other.example"));
    assertThat(result.policyStatus()).isEqualTo(Long.decode(hresult).intValue());
    assertThat(result.has(ChainError.SIGNATURE_NOT_VALID)).isEqualTo(tampered);
    assertThat(result.has(ChainError.UNTRUSTED_ROOT)).isEqualTo(untrusted);
    assertThat(result.has(ChainError.NOT_TIME_VALID)).isEqualTo(expired);
    assertThat(result.has(ChainError.NOT_VALID_FOR_USAGE)).isEqualTo(wrongUsage);
    assertThat(result.has(ChainError.NAME_MISMATCH)).isTrue();
  }

  @Test
  void aCrossSignedAuthorityTakesTheWayToTheTrustedRoot() {
    IssuedCertificate foreign = drawer.root("Foreign Root");
    CertificateRecipe.Builder shared = Drawer.authority("Shared CA").keyIndex(77);
    IssuedCertificate underForeign = drawer.mint.issue(shared.build(), foreign);
    IssuedCertificate underOurs = drawer.mint.issue(shared.build(), drawer.root);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), underForeign);
    ChainResult result =
        Drawer.engine(drawer.root.certificate())
            .evaluate(
                leaf.certificate(),
                List.of(underForeign.certificate(), foreign.certificate(), underOurs.certificate()),
                NOW,
                SERVER);
    assertThat(result.valid()).isTrue();
    assertThat(result.chain())
        .containsExactly(leaf.certificate(), underOurs.certificate(), drawer.root.certificate());
  }

  @Test
  void aRenewedAuthorityIsPreferredToItsExpiredPredecessor() {
    CertificateRecipe.Builder ca = Drawer.authority("Renewed CA").keyIndex(78);
    IssuedCertificate old =
        drawer.mint.issue(ca.notAfter(NOW.minusSeconds(1)).build(), drawer.root);
    IssuedCertificate renewed =
        drawer.mint.issue(ca.notAfter(NOW.plus(Drawer.YEAR)).build(), drawer.root);
    IssuedCertificate leaf = drawer.mint.issue(Drawer.server().build(), old);
    ChainResult result =
        Drawer.engine(drawer.root.certificate())
            .evaluate(
                leaf.certificate(), List.of(old.certificate(), renewed.certificate()), NOW, SERVER);
    assertThat(result.valid()).isTrue();
    assertThat(result.chain()).contains(renewed.certificate());
  }

  @Test
  void aRevokedCertificateIsRevokedOnlyForThoseWhoLook() {
    X509CRL list = list(drawer.issuing, List.of(good.certificate()));
    ChainPolicy looking = SERVER.withRevocation(Revocation.IF_AVAILABLE, List.of(list));
    assertOnly(drawer.judge(good, looking), ChainError.REVOKED, 0x4, 0x80092010);
    IssuedCertificate other = drawer.issue(Drawer.server());
    assertThat(drawer.judge(other, looking).valid()).isTrue();
    assertThat(drawer.judge(good, SERVER).valid()).isTrue();
  }

  @Test
  void aListThatIsMissingOldOrForeignLeavesTheStatusUnknown() {
    X509CRL rootList = list(drawer.root, List.of());
    X509CRL fresh = list(drawer.issuing, List.of());
    X509CRL old =
        drawer.mint.revocationList(
            drawer.issuing,
            List.of(),
            NOW.minus(Duration.ofDays(9)),
            NOW.minus(Duration.ofDays(2)),
            1);
    IssuedCertificate namesake =
        drawer.mint.issue(Drawer.authority("Corp Issuing CA").build(), drawer.root);
    X509CRL foreign = list(namesake, List.of(good.certificate()));
    assertThat(required(rootList, fresh).valid()).isTrue();
    assertOnly(required(rootList), ChainError.REVOCATION_STATUS_UNKNOWN, 0x40, 0x80092012);
    assertOnly(required(rootList, old), ChainError.REVOCATION_STATUS_UNKNOWN, 0x40, 0x80092012);
    assertOnly(required(rootList, foreign), ChainError.REVOCATION_STATUS_UNKNOWN, 0x40, 0x80092012);
  }

  private ChainResult required(X509CRL... lists) {
    return drawer.judge(good, SERVER.withRevocation(Revocation.REQUIRED, List.of(lists)));
  }

  private X509CRL list(IssuedCertificate issuer, List<X509Certificate> revoked) {
    return drawer.mint.revocationList(
        issuer, revoked, NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(6)), 1);
  }
}
