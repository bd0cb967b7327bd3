package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.interop.StrongSwanClient.Reason;
import vpnlab.interop.StrongSwanClient.Result;

/**
 * strongSwan dials {@code vpnlab up}. It is told what the ready line tells and nothing else, and
 * what the ready line tells is what the lab's own client would use: its trusted root, its user and
 * password, its certificate.
 */
@NeedsPeer({NeedsPeer.VPNLAB, "charon-systemd", "swanctl", NeedsPeer.TUN})
@ExtendWith(SharedLabs.Shared.class)
class StrongSwanClientAgainstOurLabTest {
  /** The defaults of new and old clients, and what an administrator can choose. */
  private static final List<String> WINDOWS_PROPOSALS =
      List.of(
          "aes256gcm16-prfsha384-ecp384",
          "aes128gcm16-prfsha256-ecp256",
          "aes256-sha384-ecp384",
          "aes256-sha256-modp2048",
          "aes128-sha256-curve25519",
          "aes256-sha1-modp1024",
          "3des-sha1-modp1024");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"healthy-ikev2-eap-mschapv2", "healthy-ikev2-ecdsa"})
  void itConnectsByEapMschapv2(String scenario, SharedLabs labs) {
    RunningLab lab = labs.of(scenario);
    isConnected(lab, lab.client().eapMschapv2(lab.user(), lab.password()).connect(directory));
  }

  @Test
  void itConnectsByEapTls(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-tls");
    isConnected(lab, lab.client().eapTls(lab.user(), lab.clientCertificate()).connect(directory));
  }

  @Test
  void itConnectsByMachineCertificate(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-machine-certificate");
    isConnected(lab, lab.client().certificate(lab.clientCertificate()).connect(directory));
  }

  @Test
  void itConnectsWithEveryProposalThatSomeWindowsOffers(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    for (String proposal : WINDOWS_PROPOSALS) {
      isConnected(
          lab,
          lab.client()
              .proposals(proposal)
              .eapMschapv2(lab.user(), lab.password())
              .connect(directory));
    }
  }

  @Test
  void itConnectsAgainAfterItHasLeftAndTheLabEndsWell() {
    try (RunningLab lab = RunningLab.up(directory, "healthy-ikev2-eap-mschapv2")) {
      StrongSwanClient client = lab.client().eapMschapv2(lab.user(), lab.password());
      isConnected(lab, client.connect(directory));
      isConnected(lab, client.connect(directory));
      ChildProcess.Ended ended = lab.terminate();
      assertThat(ended.inTime()).as("ended within seconds of SIGTERM").isTrue();
      assertThat(ended.output().lines()).as("nothing but one JSON line on stdout").hasSize(1);
    }
  }

  @Test
  void itIsRefusedWithAPasswordThatIsNotTheUsers(SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-eap-mschapv2");
    Result result = lab.client().eapMschapv2(lab.user(), "not it").connect(directory);
    assertThat(result.reason()).as(result.log()).contains(Reason.WRONG_PASSWORD);
  }

  @Test
  @ExtendWith(OpensslPki.Shared.class)
  void itIsRefusedWithAMachineCertificateOfAForeignAuthority(OpensslPki pki, SharedLabs labs) {
    RunningLab lab = labs.of("healthy-ikev2-machine-certificate");
    Credential foreign = pki.mint(CertificateRecipe.client("laptop.corp.example"));
    Result result = lab.client().certificate(foreign).connect(directory);
    assertThat(result.reason()).as(result.log()).contains(Reason.AUTHENTICATION_FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "ikev2-server-certificate-expired,        CERTIFICATE_EXPIRED",
    "ikev2-server-certificate-not-yet-valid,  CERTIFICATE_NOT_YET_VALID",
    "ikev2-server-certificate-untrusted-root, CERTIFICATE_UNTRUSTED",
    "ikev2-server-certificate-name-mismatch,  NAME_MISMATCH",
    "ikev2-wrong-password,                    WRONG_PASSWORD",
    "ikev2-address-pool-exhausted,            NO_ADDRESS",
    "ikev2-address-pool-empty,                NO_ADDRESS"
  })
  void inABrokenLabItFailsForThatVeryReason(String scenario, Reason reason, SharedLabs labs) {
    RunningLab lab = labs.of(scenario);
    Result result = lab.client().eapMschapv2(lab.user(), lab.password()).connect(directory);
    assertThat(result.established()).as(result.log()).isFalse();
    assertThat(result.reason()).as(result.log() + lab.summary()).contains(reason);
  }

  @Test
  void itIsToldThatNoProposalWasChosen() {
    try (RunningLab lab = RunningLab.up(directory, "ikev2-no-common-ike-proposal")) {
      Result result = lab.client().eapMschapv2(lab.user(), lab.password()).connect(directory);
      assertThat(result.reason())
          .as(result.log() + lab.summary())
          .contains(Reason.NO_PROPOSAL_CHOSEN);
    }
  }

  @Test
  void itConnectsToTheBrokenLabOnceItNoLongerCares(SharedLabs labs) {
    // The control of the name mismatch: with any name accepted, nothing else is wrong.
    RunningLab lab = labs.of("ikev2-server-certificate-name-mismatch");
    isConnected(
        lab,
        lab.client().expecting("%any").eapMschapv2(lab.user(), lab.password()).connect(directory));
  }

  private static void isConnected(RunningLab lab, Result result) {
    assertThat(result.established()).as(result.log() + lab.summary()).isTrue();
    assertThat(result.virtualAddress()).get().matches(lab.pool()::contains, "in the pool");
  }
}
