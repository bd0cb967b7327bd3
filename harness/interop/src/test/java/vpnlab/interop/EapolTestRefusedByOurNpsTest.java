package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.interop.EapolTest.Decision;
import vpnlab.wire.MalformedMessageException;

/**
 * Every kind of refusal, as a real supplicant gets it from NPS, with the reason code that NPS
 * writes into its log (file nps-reason-codes of the documents: IAS_* of Windows).
 */
@NeedsPeer({NeedsPeer.VPNLAB, "eapol_test"})
class EapolTestRefusedByOurNpsTest {
  private static final int ACCEPT = 2;
  private static final int REJECT = 3;
  private static final String PASSWORD = "Correct-horse-7";

  private static final String SCENARIO =
      """
      name: refused
      title: { en: Accounts that may not connect }
      summary: One account for each refusal.
      lab: always-on
      faults:
        refused:
          nps:
            policies:
              vpn-users: { methods: [eap-mschapv2, peap-eap-mschapv2] }
              certificates-only: { order: 2, groups: [Engineers], methods: [eap-tls] }
              nobody: { order: 3, groups: [Interns], access: deny, methods: [eap-mschapv2] }
            log: { enabled: true, format: csv }
          directory:
            groups: { Engineers: {}, Interns: {} }
            users:
              forgetful: { password: %1$s, groups: [VPN Users] }
              good: { password: %1$s, groups: [VPN Users] }
              expired: { password: %1$s, groups: [VPN Users], expires: -1d }
              disabled: { password: %1$s, groups: [VPN Users], enabled: false }
              locked: { password: %1$s, groups: [VPN Users], locked: true }
              never: { password: %1$s, groups: [VPN Users], logonHours: "never" }
              stale: { password: %1$s, groups: [VPN Users], passwordExpired: true }
              fresh: { password: %1$s, groups: [VPN Users], mustChangePassword: true }
              denied: { password: %1$s, groups: [VPN Users], dialIn: deny }
              elsewhere: { password: %1$s, groups: [VPN Users], callerId: 192.0.2.44 }
              stranger: { password: %1$s, groups: [Domain Users] }
              engineer: { password: %1$s, groups: [Engineers] }
              intern: { password: %1$s, groups: [Interns] }
      attempt: { client: laptop, profile: corp-peap }
      expect:
        client: { code: 0, stage: connected }
        administrator: { code: 0, stage: connected }
      """
          .formatted(PASSWORD);

  @TempDir private static Path directory;
  private static RunningLab lab;
  private static Path log;

  @BeforeAll
  static void up() {
    log = directory.resolve("IN.log");
    Path file =
        ChildProcess.write(
            ChildProcess.folder(directory, "nps").resolve("refused").resolve("scenario.yaml"),
            SCENARIO);
    lab = RunningLab.up(directory, file.toString(), "--nps-log", log.toString());
  }

  @AfterAll
  static void down() {
    if (lab != null) {
      lab.close();
    }
  }

  private static EapolTest eapol() {
    return EapolTest.asking(lab.radiusPort(), lab.radiusSecret());
  }

  /** The last answer in the log that ends something for this account; tests run side by side. */
  private static NpsLogRecord answer(Path file, String account) {
    return ChildProcess.read(file)
        .lines()
        .map(EapolTestRefusedByOurNpsTest::record)
        .filter(record -> record.isPacketType(ACCEPT) || record.isPacketType(REJECT))
        .filter(record -> record.user().equals("CORP\\" + account))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static NpsLogRecord record(String line) {
    try {
      return NpsLogCsv.decode(line);
    } catch (MalformedMessageException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void theSameConfigurationAcceptsWhoMayConnect() {
    EapolTest.Result plain = eapol().eapMschapv2("good", PASSWORD).authenticate(directory);
    assertThat(plain.decision()).as(plain.log()).isEqualTo(Decision.ACCEPT);
    assertThat(plain.keysMatch()).as(plain.log()).isTrue();
    EapolTest.Result peap =
        eapol().peapMschapv2("good", PASSWORD, lab.authority()).authenticate(directory);
    assertThat(peap.decision()).as(peap.log()).isEqualTo(Decision.ACCEPT);
    assertThat(peap.keysMatch()).as(peap.log()).isTrue();
    assertThat(answer(log, "good").reasonCode()).hasValue(0);
  }

  /**
   * Error 0: the refusal stands before a method begins, or is none of those that MS-CHAPv2 tells.
   */
  @ParameterizedTest
  @CsvSource({
    "forgetful, wrong, 16, 691",
    "nobody, right, 8, 691",
    "expired, right, 35, 691",
    "disabled, right, 34, 647",
    "locked, right, 36, 691",
    "never, right, 37, 646",
    "denied, right, 65, 649",
    "elsewhere, right, 67, 0",
    "stranger, right, 48, 0",
    "engineer, right, 22, 0",
    "intern, right, 65, 0",
  })
  void eachAccountIsRefusedForItsReason(String user, String password, int reason, int error) {
    String said = password.equals("right") ? PASSWORD : "Something-else";
    EapolTest.Result plain = eapol().eapMschapv2(user, said).authenticate(directory);
    assertThat(plain.decision()).as(plain.log()).isEqualTo(Decision.REJECT);
    assertThat(plain.mschapError().orElse(0)).as(plain.log()).isEqualTo(error);
    NpsLogRecord first = answer(log, user);
    assertThat(first.packetType()).hasValue(REJECT);
    assertThat(first.reasonCode()).as("EAP-MSCHAPv2").hasValue(reason);

    EapolTest.Result peap =
        eapol().peapMschapv2(user, said, lab.authority()).authenticate(directory);
    assertThat(peap.decision()).as(peap.log()).isEqualTo(Decision.REJECT);
    NpsLogRecord second = answer(log, user);
    assertThat(second.packetType()).hasValue(REJECT);
    assertThat(second.reasonCode()).as("PEAP").hasValue(reason);
    assertThat(second.className()).isNotEqualTo(first.className());
  }

  /**
   * Error 648 asks for a new password (RFC 2759, section 6), and the supplicant then waits for it.
   */
  @ParameterizedTest
  @CsvSource({"stale", "fresh"})
  void whoMustChangeThePasswordIsAskedForANewOne(String user) {
    EapolTest.Result plain =
        eapol().eapMschapv2(user, PASSWORD).patientFor(4).authenticate(directory);
    assertThat(plain.decision()).as(plain.log()).isEqualTo(Decision.NONE);
    assertThat(plain.mschapError()).as(plain.log()).contains(648);
    EapolTest.Result peap =
        eapol().peapMschapv2(user, PASSWORD, lab.authority()).patientFor(4).authenticate(directory);
    assertThat(peap.decision()).as(peap.log()).isEqualTo(Decision.NONE);
    assertThat(peap.mschapError()).as(peap.log()).contains(648);
  }

  @ParameterizedTest
  @CsvSource({
    "ikev2-eap-tls-client-certificate-expired, 268",
    "ikev2-eap-tls-client-certificate-revoked, 256",
    "ikev2-eap-tls-client-certificate-untrusted-issuer, 265",
    "ikev2-eap-tls-client-certificate-eku-missing, 267",
  })
  void eachCertificateIsRefusedForItsReason(String scenario, int reason) {
    Path file = directory.resolve(scenario + ".log");
    try (RunningLab other = RunningLab.up(directory, scenario, "--nps-log", file.toString())) {
      EapolTest.Result result =
          EapolTest.asking(other.radiusPort(), other.radiusSecret())
              .eapTls(other.user(), other.clientCertificate(), other.authority())
              .authenticate(directory);
      assertThat(result.decision()).as(result.log()).isEqualTo(Decision.REJECT);
      assertThat(answer(file, "alice").reasonCode()).hasValue(reason);
    }
  }
}
