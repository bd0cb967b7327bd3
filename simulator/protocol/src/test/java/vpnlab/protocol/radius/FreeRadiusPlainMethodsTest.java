package vpnlab.protocol.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.eap.EapKeys;
import vpnlab.protocol.eap.TestPki;
import vpnlab.protocol.mschap.MsChapV2;
import vpnlab.wire.Octets;
import vpnlab.wire.radius.AcctStatusType;
import vpnlab.wire.radius.IdentifiedText;
import vpnlab.wire.radius.RadiusAttribute;
import vpnlab.wire.radius.RadiusAttributeType;
import vpnlab.wire.radius.VendorAttribute;

/** Our RADIUS client asks a real FreeRADIUS server without EAP, and reports sessions to it. */
@Tag("real-peer")
class FreeRadiusPlainMethodsTest {
  private static final String SECRET = "s3cret-of-the-lab";
  private static final String PASSWORD = "Correct horse 1";
  private static final RandomSource RANDOM = RandomSource.seeded(1);
  private static final RetransmissionPolicy PATIENT =
      new RetransmissionPolicy(Duration.ofSeconds(5), 2);

  @TempDir private static Path folder;
  private static FreeRadius server;

  @BeforeAll
  static void start() throws Exception {
    TestPki ca = TestPki.create("Lab root", Instant.now());
    server =
        FreeRadius.start(
            folder, SECRET, "mschapv2", "1.2", "alice", PASSWORD, ca, ca.server("nps.example"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void PAP_is_accepted_with_the_right_password_only() throws Exception {
    assertThat(ask(List.of(), Optional.of(PASSWORD)))
        .isInstanceOf(RadiusClientEvent.Accepted.class);
    assertThat(ask(List.of(), Optional.of("wrong"))).isInstanceOf(RadiusClientEvent.Rejected.class);
  }

  @Test
  void CHAP_is_accepted_with_the_right_password_only() throws Exception {
    assertThat(ask(UserCredentials.Chap.of(7, RANDOM.octets(16), PASSWORD)))
        .isInstanceOf(RadiusClientEvent.Accepted.class);
    assertThat(ask(UserCredentials.Chap.of(7, RANDOM.octets(16), "wrong")))
        .isInstanceOf(RadiusClientEvent.Rejected.class);
  }

  @Test
  void MS_CHAP_is_accepted_with_the_right_password_only() throws Exception {
    Octets hash = MsChapV2.ntPasswordHash(PASSWORD);
    assertThat(ask(UserCredentials.MsChap.of(7, RANDOM.octets(8), hash)))
        .isInstanceOf(RadiusClientEvent.Accepted.class);
    assertThat(
            ask(UserCredentials.MsChap.of(7, RANDOM.octets(8), MsChapV2.ntPasswordHash("wrong"))))
        .isInstanceOf(RadiusClientEvent.Rejected.class);
  }

  @Test
  void FreeRADIUS_proves_itself_with_MS_CHAPv2_and_sends_the_keys_that_we_have() throws Exception {
    Octets hash = MsChapV2.ntPasswordHash(PASSWORD);
    UserCredentials.MsChap2 ours =
        UserCredentials.MsChap2.of(7, RANDOM.octets(16), RANDOM.octets(16), "alice", hash);

    RadiusClientEvent.Accepted accepted = (RadiusClientEvent.Accepted) ask(ours);

    MsChapGrant expected = MsChapGrant.of(ours, "alice", hash);
    Octets theirs = accepted.packet().microsoft(VendorAttribute.MS_CHAP2_SUCCESS).orElseThrow();
    assertThat(expected.attributes())
        .contains(
            VendorAttribute.microsoft(VendorAttribute.MS_CHAP2_SUCCESS, theirs).toAttribute());
    EapKeys keys = expected.keys().orElseThrow();
    assertThat(accepted.keys().orElseThrow()).isEqualTo(keys);
  }

  @Test
  void a_wrong_MS_CHAPv2_response_is_refused_with_691() throws Exception {
    UserCredentials.MsChap2 wrong =
        UserCredentials.MsChap2.of(
            7, RANDOM.octets(16), RANDOM.octets(16), "alice", MsChapV2.ntPasswordHash("wrong"));

    RadiusClientEvent.Rejected rejected = (RadiusClientEvent.Rejected) ask(wrong);

    IdentifiedText error =
        IdentifiedText.decode(
            rejected.packet().microsoft(VendorAttribute.MS_CHAP_ERROR).orElseThrow());
    assertThat(error.identifier()).isEqualTo(7);
    assertThat(error.text()).startsWith("E=691");
  }

  @Test
  void FreeRADIUS_records_what_we_report() throws Exception {
    try (RadiusClientOnSocket client =
        new RadiusClientOnSocket(server.accountingAddress(), SECRET, PATIENT)) {
      for (AcctStatusType status :
          List.of(AcctStatusType.START, AcctStatusType.INTERIM_UPDATE, AcctStatusType.STOP)) {
        List<RadiusAttribute> attributes =
            List.of(
                status.toAttribute(),
                RadiusAttribute.text(RadiusAttributeType.USER_NAME, "alice"),
                RadiusAttribute.text(RadiusAttributeType.ACCT_SESSION_ID, "session-17"));
        RadiusClientEvent end =
            client.ask(new RadiusClientCommand.SendAccountingRequest(status.value(), attributes));
        assertThat(end).as(server.log()).isInstanceOf(RadiusClientEvent.Acknowledged.class);
      }
    }
    assertThat(Files.readString(folder.resolve("detail")))
        .contains("Acct-Status-Type = Start")
        .contains("Acct-Status-Type = Interim-Update")
        .contains("Acct-Status-Type = Stop")
        .contains("Acct-Session-Id = \"session-17\"")
        .contains("Acct-Delay-Time = 0");
  }

  private static RadiusClientEvent ask(UserCredentials credentials) throws Exception {
    return ask(credentials.attributes(), Optional.empty());
  }

  private static RadiusClientEvent ask(List<RadiusAttribute> proof, Optional<String> password)
      throws Exception {
    List<RadiusAttribute> attributes = new ArrayList<>(proof);
    attributes.add(RadiusAttribute.text(RadiusAttributeType.USER_NAME, "alice"));
    try (RadiusClientOnSocket client =
        new RadiusClientOnSocket(server.address(), SECRET, PATIENT)) {
      return client.ask(
          new RadiusClientCommand.SendAccessRequest(1, attributes, password, Optional.empty()));
    }
  }
}
