package vpnlab.protocol.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import vpnlab.wire.Octets;

class PkixCrossCheckTest {
  private final Drawer drawer = new Drawer();
  private final IssuedCertificate good = drawer.issue(Drawer.server());
  private final IssuedCertificate expired =
      drawer.issue(Drawer.server().notAfter(Drawer.NOW.minusSeconds(1)));

  private List<ChainProblem> differences(IssuedCertificate certificate, ChainProblem... ours) {
    return PkixCrossCheck.differences(
        new ChainResult(certificate.chain(), List.of(ours)),
        Set.of(drawer.root.certificate()),
        Drawer.NOW);
  }

  @Test
  void aProblemThatOurEngineOverlooksIsReported() {
    assertThat(differences(expired))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.error()).isEqualTo(ChainError.VALIDATORS_DISAGREE);
              assertThat(problem.text()).startsWith("the JDK's path validation refuses it");
            });
    ChainResult result = new ChainResult(expired.chain(), differences(expired));
    assertThat(result.valid()).isFalse();
    assertThat(result.errorStatus()).isZero();
    assertThat(result.policyStatus()).isEqualTo(0x800B010B);
  }

  @Test
  void aProblemThatOurEngineInventsIsReported() {
    ChainProblem invented =
        new ChainProblem(good.certificate(), ChainError.NOT_TIME_VALID, "it is not");
    assertThat(differences(good, invented))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text())
                    .startsWith("the JDK's path validation accepts it in spite of"));
  }

  @Test
  void agreementIsSilent() {
    assertThat(differences(good)).isEmpty();
    assertThat(
            differences(
                expired,
                new ChainProblem(expired.certificate(), ChainError.NOT_TIME_VALID, "it is")))
        .isEmpty();
  }

  @Test
  void whatPkixDoesNotJudgeIsNoDifference() {
    assertThat(
            differences(
                good, new ChainProblem(good.certificate(), ChainError.NAME_MISMATCH, "name")))
        .isEmpty();
  }

  @Test
  void anUnknownCriticalExtensionIsRefusedByBoth() throws IOException {
    ChainResult result = judge(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), DERNull.INSTANCE);
    assertThat(result.problems())
        .extracting(ChainProblem::error)
        .containsExactly(ChainError.CRITICAL_EXTENSION);
    assertThat(result.errorStatus()).isEqualTo(0x08000000);
    assertThat(result.policyStatus()).isEqualTo(0x800B0105);
  }

  @Test
  void aCriticalExtendedKeyUsageIsUnderstoodByBoth() throws IOException {
    ChainResult result =
        judge(
            Extension.extendedKeyUsage,
            new ExtendedKeyUsage(
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier(KeyPurpose.SERVER_AUTH.oid()))));
    assertThat(result.problems()).isEmpty();
  }

  /** Recipes have no words for such certificates. */
  private ChainResult judge(ASN1ObjectIdentifier critical, ASN1Encodable value) throws IOException {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            X500Name.getInstance(
                drawer.issuing.certificate().getSubjectX500Principal().getEncoded()),
            BigInteger.TEN,
            Date.from(Drawer.ISSUED),
            Date.from(Drawer.ISSUED.plus(Drawer.YEAR)),
            new X500Name("CN=" + Drawer.VPN),
            SubjectPublicKeyInfo.getInstance(good.certificate().getPublicKey().getEncoded()));
    builder.addExtension(critical, true, value);
    X509Certificate certificate =
        CertificateFields.parse(
            builder
                .build(
                    new CertificateSigner(
                        drawer.issuing.privateKey(), SignatureScheme.SHA256, Octets.zeros(32)))
                .getEncoded());
    return Drawer.engine(drawer.root.certificate())
        .evaluate(
            certificate,
            List.of(drawer.issuing.certificate()),
            Drawer.NOW,
            ChainPolicy.base().withExpectedNames(List.of(Drawer.VPN)));
  }
}
