package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpnlab.interop.EapolTest.Decision;

/** eapol_test asks the NPS of {@code vpnlab up}. */
@NeedsPeer({NeedsPeer.VPNLAB, "eapol_test"})
@ExtendWith(SharedLabs.Shared.class)
class EapolTestAgainstOurNpsTest {
  @TempDir Path directory;

  @Test
  void theRightPasswordIsAcceptedAndTheKeysMatch(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    EapolTest.Result result =
        eapol(lab).eapMschapv2(lab.user(), lab.password()).authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
    assertThat(result.keysMatch()).as(result.log()).isTrue();
  }

  @Test
  void aWrongPasswordIsRejectedWithError691(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    EapolTest.Result result = eapol(lab).eapMschapv2(lab.user(), "not it").authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
    assertThat(result.mschapError()).as(result.log()).contains(691);
  }

  @Test
  void anUnknownUserIsRejectedLikeAWrongPassword(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    EapolTest.Result result =
        eapol(lab).eapMschapv2("nobody", lab.password()).authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
  }

  @Test
  void aClientWithAnotherSecretGetsNoAnswer(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    EapolTest.Result result =
        EapolTest.asking(lab.radiusPort(), "another secret")
            .eapMschapv2(lab.user(), lab.password())
            .patientFor(4)
            .authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.NONE);
  }

  @Test
  void theUsersCertificateIsAcceptedAndTheKeysMatch(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-tls");
    EapolTest.Result result =
        eapol(lab)
            .eapTls(lab.user(), lab.clientCertificate(), lab.authority())
            .authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.keysMatch()).as(result.log()).isTrue();
  }

  @Test
  @NeedsPeer("openssl")
  @ExtendWith(OpensslPki.Shared.class)
  void aCertificateOfAForeignAuthorityIsRejected(OpensslPki pki, SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-tls");
    Credential foreign = pki.mint(CertificateRecipe.client(lab.user()));
    EapolTest.Result result =
        eapol(lab).eapTls(lab.user(), foreign, lab.authority()).authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  @NeedsPeer("openssl")
  @ExtendWith(OpensslPki.Shared.class)
  void aClientThatDoesNotTrustNpsEndsTheHandshakeItself(OpensslPki pki, SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-tls");
    EapolTest.Result result =
        eapol(lab)
            .eapTls(lab.user(), lab.clientCertificate(), pki.trustedRoot())
            .authenticate(directory);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
  }

  /** RFC 2865, section 5.1: User-Name; a domain before it or behind it is the same user. */
  @ParameterizedTest
  @ValueSource(strings = {"CORP\\%s", "%s@corp.example"})
  void aUserWithADomainIsTheSameUser(String form, SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    EapolTest.Result result =
        eapol(lab).eapMschapv2(form.formatted(lab.user()), lab.password()).authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
    assertThat(result.keysMatch()).as(result.log()).isTrue();
  }

  /** An attribute's value has at most 253 octets; EAP's identity may be longer than that. */
  @ParameterizedTest
  @ValueSource(ints = {200, 253})
  void aVeryLongIdentityIsRejectedAndHarmsNobody(int length, SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    EapolTest.Result odd =
        eapol(lab).eapMschapv2("x".repeat(length), "secret").authenticate(directory);
    assertThat(odd.decision()).as(odd.log()).isEqualTo(Decision.REJECT);
    EapolTest.Result right =
        eapol(lab).eapMschapv2(lab.user(), lab.password()).authenticate(directory);
    assertThat(right.decision()).as(right.log()).isEqualTo(Decision.ACCEPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "@", "\\\\", "älice", "alice@elsewhere.example", "*", "%s%n"})
  void anOddIdentityIsRejected(String identity, SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    EapolTest.Result result =
        eapol(lab).eapMschapv2(identity, lab.password()).authenticate(directory);
    assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
  }

  private static EapolTest eapol(RunningLab lab) {
    return EapolTest.asking(lab.radiusPort(), lab.radiusSecret());
  }
}
