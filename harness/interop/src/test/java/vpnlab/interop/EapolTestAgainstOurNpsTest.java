package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.interop.EapolTest.Decision;

/** eapol_test asks the NPS of {@code vpnlab up}. */
@NeedsPeer({NeedsPeer.VPNLAB, "eapol_test"})
class EapolTestAgainstOurNpsTest {
  @TempDir Path directory;

  @Test
  void theRightPasswordIsAcceptedAndTheKeysMatch() {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-mschapv2")) {
      EapolTest.Result result =
          eapol(lab).eapMschapv2(lab.user(), lab.password()).authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
      assertThat(result.keysMatch()).as(result.log()).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsRejectedWithError691() {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-mschapv2")) {
      EapolTest.Result result =
          eapol(lab).eapMschapv2(lab.user(), "not it").authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
      assertThat(result.mschapError()).as(result.log()).contains(691);
    }
  }

  @Test
  void anUnknownUserIsRejectedLikeAWrongPassword() {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-mschapv2")) {
      EapolTest.Result result =
          eapol(lab).eapMschapv2("nobody", lab.password()).authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
    }
  }

  @Test
  void aClientWithAnotherSecretGetsNoAnswer() {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-mschapv2")) {
      EapolTest.Result result =
          EapolTest.asking(lab.radiusPort(), "another secret")
              .eapMschapv2(lab.user(), lab.password())
              .patientFor(4)
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.NONE);
    }
  }

  @Test
  void theUsersCertificateIsAcceptedAndTheKeysMatch() {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-tls")) {
      EapolTest.Result result =
          eapol(lab)
              .eapTls(lab.user(), lab.clientCertificate(), lab.authority())
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
      assertThat(result.succeeded()).as(result.log()).isTrue();
      assertThat(result.keysMatch()).as(result.log()).isTrue();
    }
  }

  @Test
  @NeedsPeer("openssl")
  @ExtendWith(OpensslPki.Shared.class)
  void aCertificateOfAForeignAuthorityIsRejected(OpensslPki pki) {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-tls")) {
      Credential foreign = pki.mint(CertificateRecipe.client(lab.user()));
      EapolTest.Result result =
          eapol(lab).eapTls(lab.user(), foreign, lab.authority()).authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
      assertThat(result.succeeded()).isFalse();
    }
  }

  @Test
  @NeedsPeer("openssl")
  @ExtendWith(OpensslPki.Shared.class)
  void aClientThatDoesNotTrustNpsEndsTheHandshakeItself(OpensslPki pki) {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-tls")) {
      EapolTest.Result result =
          eapol(lab)
              .eapTls(lab.user(), lab.clientCertificate(), pki.trustedRoot())
              .authenticate(directory);
      assertThat(result.succeeded()).isFalse();
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
    }
  }

  private static EapolTest eapol(RunningLab lab) {
    return EapolTest.asking(lab.radiusPort(), lab.radiusSecret());
  }
}
