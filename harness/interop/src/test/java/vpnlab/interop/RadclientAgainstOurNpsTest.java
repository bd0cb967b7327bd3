package vpnlab.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vpnlab.evidence.npslog.NpsLogCsv;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.evidence.npslog.NpsLogXml;

/** FreeRADIUS's client asks the NPS of {@code vpnlab up}, and NPS's log tells what it asked. */
@NeedsPeer({NeedsPeer.VPNLAB, "radclient"})
@Execution(ExecutionMode.SAME_THREAD)
class RadclientAgainstOurNpsTest {
  private static final String SECRET = "between radclient and NPS".replace(' ', '-');

  /** RFC 2759, section 9.2: User proves clientPass. */
  private static final String MS_CHAP_2 =
      "MS-CHAP-Challenge=0x5B5D7C7D7B3F2F3E3C2C602132262628,"
          + "MS-CHAP2-Response=0x010021402324255E262A28295F2B3A337C7E0000000000000000"
          + "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF";

  private static final String SCENARIO =
      """
      name: radclient
      title: { en: NPS for clients without EAP }
      summary: Every method, some accounts, two RADIUS clients.
      lab: always-on
      faults:
        without-eap:
          nps:
            clients:
              radclient: { address: 127.0.0.0/8, secret: %s%s }
            policies:
              vpn-users:
                methods: [pap, chap, ms-chap, ms-chap-v2, eap-mschapv2]
                constraints: { sessionTimeout: 8h, idleTimeout: 30m }
                settings: { interimInterval: 10m, encryption: [strongest] }
              certificates-only: { order: 2, groups: [Engineers], methods: [eap-tls] }
              cleaners:
                order: 3
                groups: [Cleaners]
                methods: [pap, ms-chap-v2]
                constraints: { nasPortTypes: [virtual] }
              nobody: { order: 4, groups: [Interns], access: deny, methods: [pap] }
            log: { enabled: true, format: %s }
          directory:
            groups: { Engineers: {}, Cleaners: {}, Interns: {} }
            users:
              alice: { reversibleEncryption: true }
              User: { password: clientPass, groups: [VPN Users] }
              denied: { password: clientPass, groups: [VPN Users], dialIn: deny }
              disabled: { password: clientPass, groups: [VPN Users], enabled: false }
              elsewhere: { password: clientPass, groups: [VPN Users], callerId: 192.0.2.44 }
              stranger: { password: clientPass, groups: [Domain Users] }
              engineer: { password: clientPass, groups: [Engineers] }
              cleaner: { password: clientPass, groups: [Cleaners] }
              intern: { password: clientPass, groups: [Interns] }
              favoured: { password: clientPass, groups: [Interns], dialIn: allow }
      attempt: { client: laptop, profile: corp-ikev2 }
      expect:
        client: { code: 0, stage: connected }
        administrator: { code: 0, stage: connected }
      """;

  @TempDir private static Path directory;
  private static RunningLab lab;
  private static Path log;
  private long before;

  /** One lab for all tests: what the log has gained is each test's own. */
  @BeforeAll
  static void up() {
    log = directory.resolve("IN.log");
    lab = start(log, "", "csv");
  }

  @BeforeEach
  void mark() {
    before = ChildProcess.read(log).lines().count();
  }

  @AfterAll
  static void down() {
    if (lab != null) {
      lab.close();
    }
  }

  private static RunningLab start(Path log, String clientOptions, String format) {
    Path folder = ChildProcess.folder(directory, "nps").resolve("radclient");
    Path file =
        ChildProcess.write(
            folder.resolve("scenario.yaml"), SCENARIO.formatted(SECRET, clientOptions, format));
    return RunningLab.up(directory, file.toString(), "--nps-log", log.toString());
  }

  private static Radclient.Answer ask(String attributes) {
    return Radclient.asking(lab.radiusPort(), SECRET).send(directory, "auth", attributes);
  }

  private static Radclient.Answer report(String attributes) {
    return Radclient.asking(lab.accountingPort(), SECRET).send(directory, "acct", attributes);
  }

  private List<NpsLogRecord> records() {
    return records(log, before);
  }

  private static List<NpsLogRecord> records(Path file, long skipped) {
    return ChildProcess.read(file)
        .lines()
        .skip(skipped)
        .map(RadclientAgainstOurNpsTest::record)
        .toList();
  }

  private static NpsLogRecord record(String line) {
    try {
      return line.startsWith("<") ? NpsLogXml.decode(line) : NpsLogCsv.decode(line);
    } catch (vpnlab.wire.MalformedMessageException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void papChapMsChapAndMsChapV2AreAccepted() {
    Radclient.Answer pap = ask("User-Name=alice,User-Password=Wonder-land-1865");
    assertThat(pap.code()).as(pap.log()).isEqualTo("Access-Accept");
    assertThat(pap.attribute("Framed-Protocol")).contains("PPP");
    assertThat(pap.attribute("Session-Timeout")).contains("28800");
    assertThat(pap.attribute("Idle-Timeout")).contains("1800");
    assertThat(pap.attribute("Acct-Interim-Interval")).contains("600");
    assertThat(pap.attribute("MS-MPPE-Encryption-Policy")).contains("Encryption-Required");
    assertThat(pap.attribute("MS-MPPE-Encryption-Types")).contains("4");

    Radclient.Answer chap = ask("User-Name=CORP\\\\alice,CHAP-Password=Wonder-land-1865");
    assertThat(chap.code()).as(chap.log()).isEqualTo("Access-Accept");

    Radclient.Answer msChap = ask("User-Name=alice,MS-CHAP-Password=Wonder-land-1865");
    assertThat(msChap.code()).as(msChap.log()).isEqualTo("Access-Accept");
    assertThat(msChap.attribute("MS-CHAP-MPPE-Keys").orElse(""))
        .startsWith("0x0000000000000000")
        .hasSizeGreaterThan(40);

    Radclient.Answer msChap2 = ask("User-Name=User," + MS_CHAP_2);
    assertThat(msChap2.code()).as(msChap2.log()).isEqualTo("Access-Accept");
    assertThat(hexadecimal(msChap2, "MS-CHAP2-Success"))
        .isEqualTo("01" + ascii("S=407A5589115FD0D6209F510FE9C04566932CDA56"));
    // RFC 3079, section 3.5.3: what the server sends with.
    assertThat(hexadecimal(msChap2, "MS-MPPE-Send-Key"))
        .isEqualTo("8b7cdc149b993a1ba118cb153f56dccb");
    assertThat(msChap2.attribute("MS-CHAP-Domain")).contains("\\001CORP");
  }

  @ParameterizedTest
  @CsvSource({
    "alice, 16, 691", "nobody, 8, 691", "denied, 65, 649", "disabled, 34, 647",
    "elsewhere, 67, 649", "stranger, 48, 649", "engineer, 66, 649", "cleaner, 70, 649",
  })
  void aRefusalTellsItsErrorAndTheLogItsReason(String user, int reason, int error) {
    // RFC 2759's response is right for "User" alone: the name goes into it. So prove by PAP, too.
    Radclient.Answer plain =
        ask("User-Name=" + user + ",User-Password=clientPass,NAS-Port-Type=Ethernet");
    assertThat(plain.code()).as(plain.log()).isEqualTo("Access-Reject");
    assertThat(plain.attribute("MS-CHAP-Error")).isEmpty();
    NpsLogRecord answer = records().get(1);
    assertThat(answer.packetType()).hasValue(3);
    assertThat(answer.reasonCode()).hasValue(reason);
    assertThat(answer.number(NpsLogField.AUTHENTICATION_TYPE)).hasValue(1);
    assertThat(answer.className()).isEqualTo(records().get(0).className()).startsWith("311 1 ");

    Radclient.Answer proved =
        ask("User-Name=" + user + ",MS-CHAP-Password=clientPass,NAS-Port-Type=Ethernet");
    assertThat(proved.code()).as(proved.log()).isEqualTo("Access-Reject");
    assertThat(proved.attribute("MS-CHAP-Error").orElse("")).contains("E=" + error + " R=0 V=3");
  }

  @Test
  void chapNeedsAPasswordThatCanBeRecovered() {
    Radclient.Answer answer = ask("User-Name=bob,CHAP-Password=Bob-the-builder-1999");
    assertThat(answer.code()).as(answer.log()).isEqualTo("Access-Reject");
    assertThat(records().get(1).reasonCode()).hasValue(19);
  }

  @Test
  void anAccountThatAllowsAccessIsLetInByAPolicyThatDeniesIt() {
    assertThat(ask("User-Name=intern,User-Password=clientPass").code()).isEqualTo("Access-Reject");
    assertThat(ask("User-Name=favoured,User-Password=clientPass").code())
        .isEqualTo("Access-Accept");
    assertThat(records().get(1).reasonCode()).hasValue(65);
    assertThat(records().get(3).text(NpsLogField.POLICY_NAME)).isEqualTo("nobody");
  }

  @Test
  void startInterimUpdateAndStopAppearInTheLog() {
    for (String status : List.of("Start", "Interim-Update", "Stop")) {
      Radclient.Answer answer =
          report(
              "Acct-Status-Type="
                  + status
                  + ",User-Name=alice,Acct-Session-Id=17,Class=0x33313120312031,"
                  + "Acct-Session-Time=42,Acct-Input-Octets=1000,Acct-Output-Octets=2000,"
                  + "Acct-Terminate-Cause=User-Request,Framed-IP-Address=10.8.0.9");
      assertThat(answer.code()).as(answer.log()).isEqualTo("Accounting-Response");
    }
    assertThat(records()).hasSize(3).allMatch(record -> record.isPacketType(4));
    assertThat(records().stream().map(r -> r.text(NpsLogField.ACCT_STATUS_TYPE)))
        .containsExactly("1", "3", "2");
    NpsLogRecord stop = records().get(2);
    assertThat(stop.text(NpsLogField.ACCT_SESSION_ID)).isEqualTo("17");
    assertThat(stop.className()).isEqualTo("311 1 1");
    assertThat(stop.number(NpsLogField.ACCT_OUTPUT_OCTETS)).hasValue(2000);
    assertThat(stop.number(NpsLogField.ACCT_TERMINATE_CAUSE)).hasValue(1);
    assertThat(stop.text(NpsLogField.FRAMED_IP_ADDRESS)).isEqualTo("10.8.0.9");
  }

  @ParameterizedTest
  @CsvSource({"ali\\007ce, 0x616C69076365", "ali\\351, 0x616C69E9"})
  void aUserNameThatIsNoTextIsAnsweredAndLoggedInHexadecimal(String name, String logged) {
    Radclient.Answer answer = ask("User-Name=\"" + name + "\",User-Password=x");
    assertThat(answer.code()).as(answer.log()).isEqualTo("Access-Reject");
    assertThat(records()).hasSize(2);
    assertThat(records().get(0).text(NpsLogField.USER_NAME)).isEqualTo(logged);
  }

  @Test
  void aClassThatIsNoTextIsLoggedOctetByOctet() {
    Radclient.Answer answer = report("Acct-Status-Type=Start,Acct-Session-Id=18,Class=0x00ff01");
    assertThat(answer.code()).as(answer.log()).isEqualTo("Accounting-Response");
    assertThat(records().get(0).className()).isEqualTo("0x00FF01");
  }

  @Test
  void theTagsOfTunnelAttributesAreNoPartOfWhatIsLogged() {
    Radclient.Answer answer =
        report(
            "Acct-Status-Type=Start,Acct-Session-Id=19,Tunnel-Type:1=ESP,"
                + "Tunnel-Medium-Type:1=IPv4,Tunnel-Client-Endpoint:1=192.0.2.7,"
                + "Tunnel-Server-Endpoint:0=192.0.2.8,Tunnel-Preference:1=5");
    assertThat(answer.code()).as(answer.log()).isEqualTo("Accounting-Response");
    NpsLogRecord start = records().get(0);
    assertThat(start.number(NpsLogField.TUNNEL_TYPE)).hasValue(9);
    assertThat(start.number(NpsLogField.TUNNEL_MEDIUM_TYPE)).hasValue(1);
    assertThat(start.text(NpsLogField.TUNNEL_CLIENT_ENDPT)).isEqualTo("192.0.2.7");
    assertThat(start.text(NpsLogField.TUNNEL_SERVER_ENDPT)).isEqualTo("192.0.2.8");
    assertThat(start.number(NpsLogField.TUNNEL_PREFERENCE)).hasValue(5);
  }

  @Test
  void anotherSecretIsNotAnswered() {
    Radclient stranger = Radclient.asking(lab.accountingPort(), "another");
    Radclient.Answer answer =
        stranger.send(directory, "acct", "Acct-Status-Type=Start,Acct-Session-Id=1");
    assertThat(answer.code()).as(answer.log()).isEmpty();
    assertThat(records()).isEmpty();
  }

  @Test
  void npsDoesNotKnowStatusServer() {
    Radclient.Answer answer =
        Radclient.asking(lab.radiusPort(), SECRET)
            .send(directory, "status", "Message-Authenticator=0x00");
    assertThat(answer.code()).as(answer.log()).isEmpty();
  }

  @Test
  void theLogMayBeXmlAndAClientMustSignWhenItIsToldTo() {
    Path xml = directory.resolve("xml.log");
    try (RunningLab other = start(xml, ", requireMessageAuthenticator: true", "dts")) {
      Radclient.Answer signed =
          Radclient.asking(other.radiusPort(), SECRET)
              .send(
                  directory,
                  "auth",
                  "User-Name=alice,User-Password=Wonder-land-1865,Message-Authenticator=0x00");
      assertThat(signed.code()).as(signed.log()).isEqualTo("Access-Accept");
      assertThat(ChildProcess.read(xml)).startsWith("<Event>");
      assertThat(records(xml, 0)).hasSize(2);
      assertThat(records(xml, 0).get(1).isPacketType(2)).isTrue();
    }
  }

  private static String hexadecimal(Radclient.Answer answer, String attribute) {
    return answer.attribute(attribute).orElse("").replaceFirst("^0x", "").toLowerCase(Locale.ROOT);
  }

  private static String ascii(String text) {
    StringBuilder hex = new StringBuilder();
    text.chars().forEach(character -> hex.append(String.format("%02x", character)));
    return hex.toString();
  }
}
