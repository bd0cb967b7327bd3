package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.interop.CertificateRecipe.Issuer;
import vpnlab.interop.StrongSwanClient.Reason;
import vpnlab.interop.StrongSwanClient.Result;

/** strongSwan against strongSwan: client and server tell healthy from broken, and broken how. */
@NeedsPeer({"charon-systemd", "swanctl", "openssl", NeedsPeer.TUN})
@ExtendWith(OpensslPki.Shared.class)
class StrongSwanPairTest {
  private static final String NAME = "vpn.lab.test";
  private static final String ALICE = "alice@lab.test";

  @TempDir Path directory;

  @Test
  void aHealthyPairConnectsByEapMschapv2WithAnAddressFromThePool(OpensslPki pki) {
    CertificateRecipe healthy = CertificateRecipe.server(NAME);
    try (StrongSwanServer server = server(pki, healthy).start(directory)) {
      Result result = client(server, pki).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
      assertThat(result.virtualAddress()).get().matches(AddressRange.of(server.pool())::contains);
    }
  }

  @Test
  void aHealthyPairConnectsByEapTls(OpensslPki pki) {
    Credential own = pki.mint(CertificateRecipe.client(ALICE));
    try (StrongSwanServer server =
        server(pki, CertificateRecipe.server(NAME))
            .authenticatingBy("eap-tls")
            .acceptingClientsOf(pki.trustedRoot())
            .start(directory)) {
      Result result = dialing(server, pki).eapTls(ALICE, own).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
    }
  }

  @Test
  void aHealthyPairConnectsByCertificatesOnEllipticCurves(OpensslPki pki) {
    Credential own = pki.mint(CertificateRecipe.client(ALICE).withEllipticCurveKey());
    try (StrongSwanServer server =
        server(pki, CertificateRecipe.server(NAME).withEllipticCurveKey())
            .authenticatingBy("pubkey")
            .acceptingClientsOf(pki.trustedRoot())
            .start(directory)) {
      Result result = dialing(server, pki).certificate(own).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
    }
  }

  @Test
  void aCertificateOfAnIntermediateAuthorityIsTrustedWhenTheServerSendsIt(OpensslPki pki) {
    CertificateRecipe chained = CertificateRecipe.server(NAME).issuedBy(Issuer.INTERMEDIATE);
    try (StrongSwanServer server =
        server(pki, chained).withIntermediate(pki.intermediateCertificate()).start(directory)) {
      Result result = client(server, pki).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
    }
  }

  @Test
  void theClientSeesThatACertificateHasExpired(OpensslPki pki) {
    fails(pki, server(pki, CertificateRecipe.server(NAME).expired()), Reason.CERTIFICATE_EXPIRED);
  }

  @Test
  void theClientSeesThatACertificateIsNotYetValid(OpensslPki pki) {
    fails(
        pki,
        server(pki, CertificateRecipe.server(NAME).notYetValid()),
        Reason.CERTIFICATE_NOT_YET_VALID);
  }

  @Test
  void theClientSeesThatACertificateComesFromAForeignRoot(OpensslPki pki) {
    fails(
        pki,
        server(pki, CertificateRecipe.server(NAME).issuedBy(Issuer.FOREIGN_ROOT)),
        Reason.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void aServerOfAnotherNameRefusesAClientThatAsksForThisOne(OpensslPki pki) {
    String other = "other.lab.test";
    fails(
        pki,
        StrongSwanServer.named(other)
            .serving(pki.mint(CertificateRecipe.server(other)))
            .user("alice", "secret"),
        Reason.AUTHENTICATION_FAILED);
  }

  @Test
  void theClientSeesThatACertificateDoesNotBearTheNameThatTheServerClaims(OpensslPki pki) {
    fails(pki, server(pki, CertificateRecipe.server("other.lab.test")), Reason.NAME_MISMATCH);
  }

  @Test
  void theClientSeesThatThePasswordIsWrong(OpensslPki pki) {
    try (StrongSwanServer server = server(pki, CertificateRecipe.server(NAME)).start(directory)) {
      Result result = dialing(server, pki).eapMschapv2("alice", "guess").connect(directory);
      assertThat(result.reason()).as(result.log()).contains(Reason.WRONG_PASSWORD);
    }
  }

  @Test
  void theClientSeesThatNoProposalIsCommon(OpensslPki pki) {
    StrongSwanServer.Setup setup =
        server(pki, CertificateRecipe.server(NAME)).proposals("aes256-sha512-modp4096");
    try (StrongSwanServer server = setup.start(directory)) {
      Result result = client(server, pki).proposals("aes128-sha256-modp2048").connect(directory);
      assertThat(result.reason()).as(result.log()).contains(Reason.NO_PROPOSAL_CHOSEN);
    }
  }

  @Test
  void theClientSeesThatThePoolIsExhausted(OpensslPki pki) {
    // One address, and bob has it.
    StrongSwanServer.Setup setup =
        server(pki, CertificateRecipe.server(NAME)).pool("10.98.7.1-10.98.7.1");
    try (StrongSwanServer server = setup.user("bob", "secret").start(directory);
        StrongSwanClient.Session first =
            dialing(server, pki).eapMschapv2("bob", "secret").stay(directory)) {
      assertThat(first.result().established()).as(first.result().log()).isTrue();
      Result second = client(server, pki).connect(directory);
      assertThat(second.reason()).as(second.log()).contains(Reason.NO_ADDRESS);
    }
  }

  @Test
  void theClientSeesThatNobodyAnswers(OpensslPki pki) {
    Result result =
        StrongSwanClient.dialing(FreePorts.udp())
            .expecting(NAME)
            .trusting(pki.trustedRoot())
            .eapMschapv2("alice", "secret")
            .impatient()
            .connect(directory);
    assertThat(result.reason()).as(result.log()).contains(Reason.NO_RESPONSE);
  }

  @Test
  @NeedsPeer("ike-scan")
  void ikeScanTellsAResponderFromSilence(OpensslPki pki) {
    try (StrongSwanServer server =
        server(pki, CertificateRecipe.server(NAME))
            .proposals("aes256-sha256-modp2048,aes256-sha1-modp1024,3des-sha1-modp1024")
            .start(directory)) {
      IkeScan.Answer answer = IkeScan.probeMarked(directory, server.port());
      assertThat(answer.any()).as(answer.output()).isTrue();
    }
    IkeScan.Answer silence = IkeScan.probeMarked(directory, FreePorts.udp());
    assertThat(silence.any()).as(silence.output()).isFalse();
  }

  @Test
  @NeedsPeer({"tshark", NeedsPeer.CAPTURE})
  void tsharkDecryptsWhatAPairSaysWithTheKeysOfOneEndOnly(OpensslPki pki) {
    try (StrongSwanServer server = server(pki, CertificateRecipe.server(NAME)).start(directory);
        PacketCapture capture = PacketCapture.start(directory, server.port(), server.natPort())) {
      Result result = client(server, pki).connect(directory);
      assertThat(result.established()).as(result.log()).isTrue();
      Path file = capture.stop();
      Tshark.Verdict open =
          Tshark.read(directory, file, result.keys(), server.port(), server.natPort());
      assertThat(open.malformed()).isEmpty();
      assertThat(open.errors()).isEmpty();
      assertThat(open.decrypted()).as("decrypted of %s", open).isGreaterThanOrEqualTo(6);
      Tshark.Verdict closed =
          Tshark.read(directory, file, Optional.empty(), server.port(), server.natPort());
      assertThat(closed.ike()).isGreaterThanOrEqualTo(8);
      assertThat(closed.decrypted()).isZero();
    }
  }

  private void fails(OpensslPki pki, StrongSwanServer.Setup setup, Reason reason) {
    try (StrongSwanServer server = setup.start(directory)) {
      Result result = client(server, pki).connect(directory);
      assertThat(result.established()).as(result.log()).isFalse();
      assertThat(result.reason()).as(result.log()).contains(reason);
    }
  }

  private static StrongSwanServer.Setup server(OpensslPki pki, CertificateRecipe certificate) {
    return StrongSwanServer.named(NAME).serving(pki.mint(certificate)).user("alice", "secret");
  }

  private static StrongSwanClient dialing(StrongSwanServer server, OpensslPki pki) {
    return StrongSwanClient.dialing(server.port()).expecting(NAME).trusting(pki.trustedRoot());
  }

  private static StrongSwanClient client(StrongSwanServer server, OpensslPki pki) {
    return dialing(server, pki).eapMschapv2("alice", "secret");
  }
}
