package vpnlab.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.diagnosis.facts.CertificateView;

/** RFC 9525 section 6.3 and RFC 6125 section 6.4, as far as Windows follows them. */
class CertificateNamesTest {
  private static CertificateView certificate(TestCertificate.Recipe recipe) {
    return CertificateView.parse(recipe.issuedBy(CertificateCases.ROOT).der()).orElseThrow();
  }

  @Test
  void aDnsNameMatchesWithoutRegardToCaseOrATrailingDot() {
    CertificateView view = certificate(TestCertificate.named("x").dns("VPN.corp.example"));
    assertThat(view.isFor("vpn.corp.example")).isTrue();
    assertThat(view.isFor("vpn.corp.example.")).isTrue();
    assertThat(view.isFor("x")).as("the common name counts only without DNS names").isFalse();
  }

  @Test
  void aWildcardStandsForExactlyOneLabel() {
    CertificateView view = certificate(TestCertificate.named("x").dns("*.corp.example"));
    assertThat(view.isFor("vpn.corp.example")).isTrue();
    assertThat(view.isFor("a.vpn.corp.example")).isFalse();
    assertThat(view.isFor("corp.example")).isFalse();
  }

  @Test
  void theCommonNameCountsWhenThereIsNoOther() {
    assertThat(certificate(TestCertificate.named("vpn.corp.example")).isFor("vpn.corp.example"))
        .isTrue();
  }

  @Test
  void anAddressNeedsAnAddressInTheCertificate() {
    CertificateView named = certificate(TestCertificate.named("x").dns("203.0.113.10"));
    assertThat(named.isFor("203.0.113.10")).isFalse();
    CertificateView addressed =
        certificate(TestCertificate.named("x").dns("vpn.example").address(203, 0, 113, 10));
    assertThat(addressed.isFor("203.0.113.10")).isTrue();
    assertThat(addressed.names()).isEqualTo(List.of("vpn.example", "203.0.113.10"));
  }

  @Test
  void anExtensionIsReadForWhatItSays() {
    CertificateView view =
        certificate(
            TestCertificate.named("x").purposes("2.5.29.37.0").authorityInformationAccess());
    assertThat(view.namesPurpose(CertificateView.SERVER_AUTHENTICATION)).isTrue();
    assertThat(view.saysWhereItsIssuerIs()).isTrue();
    assertThat(view.maySign()).as("no Key Usage forbids nothing").isTrue();
    assertThat(certificate(TestCertificate.named("x").mayOnlyEncipherKeys()).maySign()).isFalse();
    assertThat(certificate(TestCertificate.named("x")).extendedKeyUsage()).isEmpty();
  }
}
