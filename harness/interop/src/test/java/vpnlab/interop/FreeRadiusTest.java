package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.interop.CertificateRecipe.Issuer;
import vpnlab.interop.EapolTest.Decision;

/** eapol_test and strongSwan against FreeRADIUS: both ends tell acceptance from refusal. */
@NeedsPeer({"freeradius", "eapol_test", "openssl"})
@ExtendWith(OpensslPki.Shared.class)
class FreeRadiusTest {
  private static final String NAME = "radius.lab.test";
  private static final String ALICE = "alice@lab.test";

  @TempDir Path directory;

  @Test
  void theRightPasswordIsAccepted(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).start(directory)) {
      EapolTest.Result result =
          EapolTest.asking(radius.port(), radius.secret())
              .eapMschapv2("alice", "secret")
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
      assertThat(result.keysMatch()).as(result.log()).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsRejectedWithError691(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).start(directory)) {
      EapolTest.Result result =
          EapolTest.asking(radius.port(), radius.secret())
              .eapMschapv2("alice", "guess")
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
      assertThat(result.mschapError()).contains(691);
    }
  }

  @Test
  void aCertificateOfTheTrustedAuthorityIsAccepted(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).proposing("tls").start(directory)) {
      EapolTest.Result result =
          EapolTest.asking(radius.port(), radius.secret())
              .eapTls(ALICE, pki.mint(CertificateRecipe.client(ALICE)), pki.trustedRoot())
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.ACCEPT);
      assertThat(result.succeeded()).as(result.log()).isTrue();
      assertThat(result.keysMatch()).as(result.log()).isTrue();
    }
  }

  @Test
  void aCertificateOfAForeignAuthorityIsRejected(OpensslPki pki) {
    Credential foreign = pki.mint(CertificateRecipe.client(ALICE).issuedBy(Issuer.FOREIGN_ROOT));
    try (FreeRadius radius = radius(pki).proposing("tls").start(directory)) {
      EapolTest.Result result =
          EapolTest.asking(radius.port(), radius.secret())
              .eapTls(ALICE, foreign, pki.trustedRoot())
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
    }
  }

  @Test
  void nobodyAnswersWhenTheSecretsDiffer(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).start(directory)) {
      EapolTest.Result result =
          EapolTest.asking(radius.port(), "another secret")
              .eapMschapv2("alice", "secret")
              .patientFor(3)
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.NONE);
    }
  }

  @Test
  @NeedsPeer({"charon-systemd", "swanctl", NeedsPeer.TUN})
  void aStrongSwanPairAuthenticatesThroughIt(OpensslPki pki) {
    String vpn = "vpn.lab.test";
    try (FreeRadius radius = radius(pki).start(directory);
        StrongSwanServer server =
            StrongSwanServer.named(vpn)
                .serving(pki.mint(CertificateRecipe.server(vpn)))
                .asking(radius)
                .start(directory)) {
      StrongSwanClient right =
          StrongSwanClient.dialing(server.port())
              .expecting(vpn)
              .trusting(pki.trustedRoot())
              .eapMschapv2("alice", "secret");
      StrongSwanClient.Result accepted = right.connect(directory);
      assertThat(accepted.established()).as(accepted.log()).isTrue();
      StrongSwanClient.Result refused = right.eapMschapv2("alice", "guess").connect(directory);
      assertThat(refused.reason())
          .as(refused.log())
          .contains(StrongSwanClient.Reason.WRONG_PASSWORD);
      assertThat(radius.log()).contains("Access-Accept").contains("E=691");
    }
  }

  @Test
  @NeedsPeer({"charon-systemd", "swanctl", NeedsPeer.TUN})
  void strongSwanTakesAnEapTlsServerOfAnotherNameOnlyWhenToldItsName(OpensslPki pki) {
    String vpn = "vpn.lab.test";
    Credential own = pki.mint(CertificateRecipe.client(ALICE));
    try (FreeRadius radius = radius(pki).proposing("tls").start(directory);
        StrongSwanServer server =
            StrongSwanServer.named(vpn)
                .serving(pki.mint(CertificateRecipe.server(vpn)))
                .asking(radius)
                .start(directory)) {
      StrongSwanClient client =
          StrongSwanClient.dialing(server.port())
              .expecting(vpn)
              .trusting(pki.trustedRoot())
              .eapTls(ALICE, own);
      StrongSwanClient.Result untold = client.connect(directory);
      assertThat(untold.established()).as(untold.log()).isFalse();
      StrongSwanClient.Result told = client.authenticationServer(NAME).connect(directory);
      assertThat(told.established()).as(told.log()).isTrue();
    }
  }

  private static FreeRadius.Setup radius(OpensslPki pki) {
    return FreeRadius.sharing("s3cret")
        .serving(pki.mint(CertificateRecipe.server(NAME)))
        .acceptingClientsOf(pki.trustedRoot())
        .user("alice", "secret");
  }
}
