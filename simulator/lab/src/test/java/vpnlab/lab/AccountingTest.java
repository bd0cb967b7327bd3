package vpnlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogRecord;
import vpnlab.lab.spec.LabSpec;
import vpnlab.lab.spec.SpecFile;
import vpnlab.lab.spec.SpecNode;

/** What RRAS reports of a session, and what NPS's log makes of it. */
class AccountingTest {
  private static final SpecNode.Mapping HEALTHY =
      SpecFile.read(Path.of(System.getProperty("vpnlab.home"), "scenarios/labs/always-on.yaml"));
  private static final String FILES = "10.0.0.5";

  @Test
  void aSessionIsReportedFromItsStartToItsEndUnderTheClassOfItsAccept() {
    try (Lab lab = start("{}")) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      lab.ping("laptop", FILES, 10);
      lab.hangUp("laptop");

      List<NpsLogRecord> all = lab.npsLog().stream().map(NpsLogLine::record).toList();
      NpsLogRecord accept = all.stream().filter(r -> r.isPacketType(2)).findFirst().orElseThrow();
      List<NpsLogRecord> reports = reports(lab);
      assertThat(status(reports)).containsExactly("1", "2");
      NpsLogRecord stop = reports.get(1);
      assertThat(stop.className()).isEqualTo(accept.className()).startsWith("311 1 10.0.0.3 ");
      assertThat(stop.user()).isEqualTo("alice");
      assertThat(stop.text(NpsLogField.ACCT_SESSION_ID))
          .isEqualTo(reports.get(0).text(NpsLogField.ACCT_SESSION_ID));
      assertThat(stop.text(NpsLogField.FRAMED_IP_ADDRESS)).isEqualTo("10.8.0.1");
      assertThat(stop.number(NpsLogField.ACCT_TERMINATE_CAUSE)).as("user request").hasValue(1);
      assertThat(stop.number(NpsLogField.ACCT_INPUT_PACKETS)).hasValue(10);
      assertThat(stop.number(NpsLogField.ACCT_OUTPUT_PACKETS)).hasValue(10);
      assertThat(stop.number(NpsLogField.ACCT_INPUT_OCTETS).orElse(0)).isGreaterThan(280);
      assertThat(stop.number(NpsLogField.ACCT_SESSION_TIME).orElse(0)).isBetween(9L, 12L);
    }
  }

  @Test
  void everyAttemptHasARequestAndAnAnswerForEachStepOfItsConversation() {
    try (Lab lab = start("{}")) {
      lab.dial("laptop", "corp-ikev2");
      List<String> types =
          lab.npsLog().stream().map(l -> l.record().text(NpsLogField.PACKET_TYPE)).toList();
      assertThat(types).containsExactly("1", "11", "1", "11", "1", "2", "4");
      assertThat(lab.npsLog().stream().map(l -> l.record().className()).distinct()).hasSize(1);
      assertThat(lab.npsLog().stream().map(NpsLogLine::line))
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(lab.npsLog().get(0).file()).isEqualTo("IN2601.log");
    }
  }

  @Test
  void interimUpdatesComeAsThePolicyAsksAndASessionEndsWhenItsTimeIsOver() {
    String patch =
        "nps: { policies: { vpn-users: { constraints: { sessionTimeout: 150s },"
            + " settings: { interimInterval: 60s } } } }";
    try (Lab lab = start(patch)) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      lab.ping("laptop", FILES, 200);

      List<NpsLogRecord> reports = reports(lab);
      assertThat(status(reports)).containsExactly("1", "3", "3", "2");
      assertThat(reports.get(1).number(NpsLogField.ACCT_SESSION_TIME)).hasValue(60);
      assertThat(reports.get(3).number(NpsLogField.ACCT_SESSION_TIME)).hasValue(150);
      assertThat(reports.get(3).number(NpsLogField.ACCT_TERMINATE_CAUSE))
          .as("session timeout")
          .hasValue(5);
    }
  }

  @Test
  void aSessionEndsWhenNothingHasCrossedTheTunnelForTheIdleTime() {
    String patch = "nps: { policies: { vpn-users: { constraints: { idleTimeout: 60s } } } }";
    try (Lab lab = start(patch)) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.ping("laptop", FILES, 100).received()).isEqualTo(100);
      assertThat(status(reports(lab))).as("traffic keeps it").containsExactly("1");

      lab.dial("desktop", "corp-ikev2");
      assertThat(lab.ping("desktop", FILES, 70).received()).isEqualTo(70);
      NpsLogRecord stop =
          reports(lab).stream()
              .filter(r -> r.text(NpsLogField.ACCT_STATUS_TYPE).equals("2"))
              .findFirst()
              .orElseThrow();
      assertThat(stop.user()).isEqualTo("alice");
      assertThat(stop.number(NpsLogField.ACCT_TERMINATE_CAUSE)).as("idle timeout").hasValue(4);
      assertThat(stop.number(NpsLogField.ACCT_SESSION_TIME).orElse(0)).isBetween(158L, 161L);
      assertThat(lab.ping("laptop", FILES, 1).received()).isZero();
    }
  }

  @Test
  void limitsHoldWithoutAccountingToo() {
    String patch =
        "{ rras: { radius: { nps: { accounting: false } } },"
            + " nps: { policies: { vpn-users: { constraints: { sessionTimeout: 90s } } } } }";
    try (Lab lab = start(patch)) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.ping("laptop", FILES, 120).received()).isBetween(88, 91);
    }
  }

  @Test
  void theAddressOfThePolicyIsTheClientsAndNobodyElseGetsIt() {
    String patch =
        "nps: { policies: { bobs: { order: 0, userNames: [bob], access: grant,"
            + " methods: [eap-mschapv2], settings: { framedAddress: 10.8.0.1 } } } }";
    try (Lab lab = start(patch)) {
      assertThat(lab.dial("desktop", "corp-ikev2").address()).isEqualTo("10.8.0.1");
      assertThat(lab.dial("laptop", "corp-ikev2").address()).isEqualTo("10.8.0.2");
      assertThat(lab.ping("desktop", FILES, 3).received()).isEqualTo(3);
      lab.hangUp("desktop");
      assertThat(lab.dial("desktop", "corp-ikev2").address()).as("again").isEqualTo("10.8.0.1");
    }
  }

  @Test
  void anAddressOfThePolicyThatAnotherClientHasIsNotGivenTwice() {
    String patch = "nps: { policies: { vpn-users: { settings: { framedAddress: 10.8.0.77 } } } }";
    try (Lab lab = start(patch)) {
      assertThat(lab.dial("laptop", "corp-ikev2").address()).isEqualTo("10.8.0.77");
      assertThat(lab.dial("desktop", "corp-ikev2").connected()).isFalse();
    }
  }

  @Test
  void aServerThatIsSilentForAccountingCostsAnEventAndNotTheConnection() {
    try (Lab lab = start("nps: { accountingPorts: [1646] }")) {
      assertThat(lab.dial("laptop", "corp-ikev2").connected()).isTrue();
      assertThat(lab.ping("laptop", FILES, 20).received()).isEqualTo(20);
      assertThat(lab.events().stream().filter(e -> e.is("RemoteAccess", 20146))).hasSize(1);
      assertThat(reports(lab)).isEmpty();
    }
  }

  @Test
  void nothingIsReportedWhereNobodyWantsIt() {
    try (Lab lab = start("rras: { radius: { nps: { accounting: false } } }")) {
      lab.dial("laptop", "corp-ikev2");
      assertThat(reports(lab)).isEmpty();
    }
  }

  private static List<NpsLogRecord> reports(Lab lab) {
    return lab.npsLog().stream()
        .map(NpsLogLine::record)
        .filter(record -> record.isPacketType(NpsLogRecord.ACCOUNTING_REQUEST))
        .toList();
  }

  private static List<String> status(List<NpsLogRecord> reports) {
    return reports.stream().map(r -> r.text(NpsLogField.ACCT_STATUS_TYPE)).toList();
  }

  private static Lab start(String patch) {
    SpecNode patched = HEALTHY.patchedBy(SpecFile.parse("fault.yaml", patch));
    return Lab.start(LabSpec.of((SpecNode.Mapping) patched), NetworkKind.VIRTUAL, 1);
  }
}
