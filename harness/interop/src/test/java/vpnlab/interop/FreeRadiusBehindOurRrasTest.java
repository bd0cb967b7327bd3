package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.interop.CertificateRecipe.Issuer;
import vpnlab.interop.StrongSwanClient.Reason;
import vpnlab.interop.StrongSwanClient.Result;

/**
 * FreeRADIUS in NPS's place: {@code up SCENARIO --radius HOST:PORT:SECRET} lets the lab's RRAS ask
 * it, and carol, whom only FreeRADIUS knows, dials with strongSwan.
 */
@NeedsPeer({NeedsPeer.VPNLAB, "freeradius", "charon-systemd", "swanctl", "openssl", NeedsPeer.TUN})
@ExtendWith(OpensslPki.Shared.class)
class FreeRadiusBehindOurRrasTest {
  private static final String CAROL = "carol@corp.example";

  @TempDir Path directory;

  @Test
  void itsAcceptanceConnects(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).start(directory);
        RunningLab lab = lab("healthy-ikev2-eap-mschapv2", radius)) {
      Result result = lab.client().eapMschapv2("carol", "Ring-a-bell").connect(directory);
      assertThat(result.established()).as(result.log() + lab.summary()).isTrue();
      assertThat(result.virtualAddress()).get().matches(lab.pool()::contains, "in the pool");
      assertThat(radius.log()).contains("Access-Accept");
    }
  }

  @Test
  void itsRefusalOfAPasswordIsPassedOn(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).start(directory);
        RunningLab lab = lab("healthy-ikev2-eap-mschapv2", radius)) {
      Result result = lab.client().eapMschapv2("carol", "guess").connect(directory);
      assertThat(result.reason()).as(result.log() + lab.summary()).contains(Reason.WRONG_PASSWORD);
      assertThat(radius.log()).contains("E=691");
    }
  }

  @Test
  void itsAcceptanceOfACertificateConnects(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).proposing("tls").start(directory);
        RunningLab lab = lab("healthy-ikev2-eap-tls", radius)) {
      Result result =
          client(lab, pki)
              .eapTls(CAROL, pki.mint(CertificateRecipe.client(CAROL)))
              .connect(directory);
      assertThat(result.established()).as(result.log() + lab.summary()).isTrue();
      assertThat(radius.log()).contains("Access-Accept");
    }
  }

  @Test
  void itsRefusalOfACertificateIsPassedOn(OpensslPki pki) {
    try (FreeRadius radius = radius(pki).proposing("tls").start(directory);
        RunningLab lab = lab("healthy-ikev2-eap-tls", radius)) {
      Credential foreign = pki.mint(CertificateRecipe.client(CAROL).issuedBy(Issuer.FOREIGN_ROOT));
      Result result = client(lab, pki).eapTls(CAROL, foreign).connect(directory);
      assertThat(result.established()).as(result.log()).isFalse();
      assertThat(result.reason())
          .as(result.log() + lab.summary())
          .get()
          .isIn(Reason.EAP_FAILED, Reason.AUTHENTICATION_FAILED);
      assertThat(radius.log()).contains("Access-Reject");
    }
  }

  private RunningLab lab(String scenario, FreeRadius radius) {
    return RunningLab.up(
        directory, scenario, "--radius", "127.0.0.1:" + radius.port() + ":" + radius.secret());
  }

  /** FreeRADIUS's certificate comes from our own authority and has a name of its own. */
  private static StrongSwanClient client(RunningLab lab, OpensslPki pki) {
    return lab.client().trusting(pki.trustedRoot()).authenticationServer("radius.lab.test");
  }

  private static FreeRadius.Setup radius(OpensslPki pki) {
    return FreeRadius.sharing("Between-RRAS-and-FreeRADIUS")
        .serving(pki.mint(CertificateRecipe.server("radius.lab.test")))
        .acceptingClientsOf(pki.trustedRoot())
        .user("carol", "Ring-a-bell");
  }
}
