package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.interop.CertificateRecipe.Issuer;
import vpnlab.interop.EapolTest.Decision;

/** eapol_test asks the NPS of {@code vpnlab up} by PEAP. */
@NeedsPeer({NeedsPeer.VPNLAB, "eapol_test"})
@ExtendWith(SharedLabs.Shared.class)
class EapolTestPeapAgainstOurNpsTest {
  private static final String HEALTHY = "healthy-ikev2-peap-eap-mschapv2";

  private static final String CAROLS = "Carol-sings-1843";

  private static final String LOCKOUT =
      """
      name: lockout
      title: { en: Two wrong passwords are too many }
      summary: NPS locks accounts for remote access.
      lab: always-on
      faults:
        strict:
          nps: { accountLockout: { maxDenials: 2 } }
      attempt: { client: laptop, profile: corp-peap }
      expect:
        client: { code: 0, stage: connected }
        administrator: { code: 0, stage: connected }
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void thePasswordIsAcceptedAndTheKeysMatchWithAndWithoutCryptobinding(
      int binding, SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    accepted(password(lab, lab.password()).cryptobinding(binding), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theCertificateIsAcceptedAndTheKeysMatchWithAndWithoutCryptobinding(
      int binding, SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    accepted(certificate(lab, lab.clientCertificate()).cryptobinding(binding), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void fastReconnectsAreAcceptedWithNewKeysThatMatch(int binding, SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    EapolTest.Result result =
        accepted(password(lab, lab.password()).cryptobinding(binding).reconnecting(3), 4);
    // A full authentication sends the password's proof; a fast one has no phase 2.
    assertThat(result.log().split("EAP-MSCHAPV2: Received success", -1)).hasSize(2);
  }

  /** Once only: eapol_test trips over its own unused inner TLS at the second reconnect. */
  @Test
  void aFastReconnectWithACertificateInsideIsAccepted(SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    accepted(certificate(lab, lab.clientCertificate()).reconnecting(1), 2);
  }

  @Test
  void aWrongPasswordIsRejectedWithError691(SharedLabs labs) {
    EapolTest.Result result = rejected(password(labs.of(HEALTHY), "not it"));
    assertThat(result.mschapError()).as(result.log()).contains(691);
  }

  @Test
  void anUnknownUserIsRejected(SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    rejected(eapol(lab).peapMschapv2("nobody", lab.password(), lab.authority()));
  }

  @Test
  void anAccountWithoutPermissionCannotHideBehindTheNameOfAnotherOutsideTheTunnel(SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    rejected(eapol(lab).peapMschapv2("carol", CAROLS, lab.authority()));
    rejected(eapol(lab).peapMschapv2("carol", CAROLS, lab.authority()).namedOutside("alice"));
    accepted(
        eapol(lab)
            .peapMschapv2("CORP\\alice", lab.password(), lab.authority())
            .namedOutside("alice@corp.example"),
        1);
  }

  @Test
  void wrongPasswordsLockTheAccountThatTheyAreForAndNotTheOneNamedOutsideTheTunnel() {
    Path scenario =
        ChildProcess.write(
            ChildProcess.folder(directory, "lockout").resolve("lockout/scenario.yaml"), LOCKOUT);
    try (RunningLab lab = RunningLab.up(directory, scenario.toString())) {
      rejected(password(lab, "first guess").namedOutside("bob"));
      rejected(password(lab, "second guess").namedOutside("bob"));
      rejected(password(lab, lab.password()));
      accepted(eapol(lab).peapMschapv2("bob", "Bob-the-builder-1999", lab.authority()), 1);
    }
  }

  @Test
  void aDisabledAccountIsRejectedWithError647(SharedLabs labs) {
    RunningLab lab = labs.of("ikev2-account-disabled");
    EapolTest.Result result = rejected(password(lab, lab.password()));
    assertThat(result.mschapError()).as(result.log()).contains(647);
  }

  @Test
  @NeedsPeer("openssl")
  @ExtendWith(OpensslPki.Shared.class)
  void aCertificateOfAForeignAuthorityIsRejected(OpensslPki pki, SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    Credential foreign =
        pki.mint(CertificateRecipe.client(lab.user()).issuedBy(Issuer.FOREIGN_ROOT));
    rejected(certificate(lab, foreign));
  }

  @Test
  @NeedsPeer("openssl")
  @ExtendWith(OpensslPki.Shared.class)
  void aClientThatDoesNotTrustNpsEndsTheTunnelItself(OpensslPki pki, SharedLabs labs) {
    RunningLab lab = labs.of(HEALTHY);
    EapolTest.Result result =
        rejected(eapol(lab).peapMschapv2(lab.user(), lab.password(), pki.trustedRoot()));
    assertThat(result.log()).contains("certificate verify failed");
  }

  @Test
  void aPasswordInsideIsRejectedWhereACertificateIsWanted(SharedLabs labs) {
    RunningLab lab = labs.of("ikev2-peap-inner-password-for-certificate");
    rejected(password(lab, lab.password()));
    accepted(certificate(lab, lab.clientCertificate()), 1);
  }

  @Test
  void aClientWithoutPeapIsRejectedWherePeapIsWanted(SharedLabs labs) {
    RunningLab lab = labs.of("ikev2-peap-inner-password-for-certificate");
    rejected(eapol(lab).eapMschapv2(lab.user(), lab.password()));
  }

  @Test
  void aClientWithoutCryptobindingIsRejectedWhereItIsRequired(SharedLabs labs) {
    RunningLab lab = labs.of("ikev2-peap-cryptobinding-not-sent");
    rejected(password(lab, lab.password()).cryptobinding(0));
    accepted(password(lab, lab.password()).cryptobinding(2), 1);
  }

  @Test
  void aClientThatDemandsCryptobindingFailsWhereThereIsNone(SharedLabs labs) {
    RunningLab lab = labs.of("ikev2-peap-cryptobinding-not-offered");
    EapolTest.Result result =
        password(lab, lab.password()).cryptobinding(2).authenticate(directory);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.log()).contains("EAP-PEAP: No cryptobinding TLV");
  }

  @Test
  void anNpsWithoutCertificateRejectsBeforeItSaysAnythingInTls(SharedLabs labs) {
    RunningLab lab = labs.of("ikev2-peap-nps-certificate-missing");
    EapolTest.Result result = rejected(password(lab, lab.password()));
    assertThat(result.log()).contains("EAP-PEAP: Start").doesNotContain("server hello");
  }

  private EapolTest.Result accepted(EapolTest eapol, int times) {
    EapolTest.Result result = eapol.authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.matchingKeys()).as(result.log()).isEqualTo(times);
    return result;
  }

  private EapolTest.Result rejected(EapolTest eapol) {
    EapolTest.Result result = eapol.authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
    assertThat(result.succeeded()).as(result.log()).isFalse();
    return result;
  }

  private static EapolTest password(RunningLab lab, String password) {
    return eapol(lab).peapMschapv2(lab.user(), password, lab.authority());
  }

  private static EapolTest certificate(RunningLab lab, Credential own) {
    return eapol(lab).peapTls(lab.user(), own, lab.authority());
  }

  private static EapolTest eapol(RunningLab lab) {
    return EapolTest.asking(lab.radiusPort(), lab.radiusSecret());
  }
}
