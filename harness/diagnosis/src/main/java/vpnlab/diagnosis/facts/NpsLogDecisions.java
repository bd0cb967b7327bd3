package vpnlab.diagnosis.facts;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.NpsReasonCode;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogLine;
import vpnlab.evidence.npslog.NpsLogRecord;

/**
 * What NPS's own log says of the decisions that events 6272 and 6273 report. Either may be missing:
 * auditing can be off, and so can the log.
 */
final class NpsLogDecisions {
  private NpsLogDecisions() {}

  /**
   * The last decision about that account since the attempt began, in the form of event 6272 or
   * 6273, but with {@link EventLog#NPS_LOG} for its source and the file for its log. An answer has
   * the name that the directory has for the user's object, which need not be like the account's:
   * the request with its Class tells; and the answer, where the request hides who asks.
   */
  static Optional<EventRecord> last(List<NpsLogLine> lines, Instant begin, String dialedUser) {
    Map<String, String> userOfClass = new HashMap<>();
    Optional<EventRecord> last = Optional.empty();
    for (NpsLogLine line : lines) {
      NpsLogRecord record = line.record();
      if (!record.className().isEmpty() && !record.user().isEmpty()) {
        boolean asked = !record.text(NpsLogField.USER_NAME).isEmpty();
        userOfClass.merge(record.className(), record.user(), (before, now) -> asked ? now : before);
      }
      if (!decides(record) || line.at().isBefore(begin)) {
        continue;
      }
      String found = record.user();
      String user = userOfClass.getOrDefault(record.className(), found);
      boolean other = !user.equals(found) && !found.isEmpty() && Account.same(found, dialedUser);
      if (other || Account.same(user, dialedUser)) {
        last = Optional.of(event(line, other ? found : user));
      }
    }
    return last;
  }

  private static boolean decides(NpsLogRecord record) {
    return record.isPacketType(NpsLogRecord.ACCESS_ACCEPT)
        || record.isPacketType(NpsLogRecord.ACCESS_REJECT);
  }

  private static EventRecord event(NpsLogLine line, String user) {
    NpsLogRecord record = line.record();
    boolean granted = record.isPacketType(NpsLogRecord.ACCESS_ACCEPT);
    int reason = record.reasonCode().orElse(granted ? 0 : -1);
    Map<String, String> data = new LinkedHashMap<>();
    data.put("SubjectUserName", user);
    data.put("ClientName", record.text(NpsLogField.CLIENT_FRIENDLY_NAME));
    data.put("ClientIPAddress", record.text(NpsLogField.CLIENT_IP_ADDRESS));
    data.put("ProxyPolicyName", record.text(NpsLogField.PROXY_POLICY_NAME));
    data.put("NetworkPolicyName", record.text(NpsLogField.POLICY_NAME));
    data.put("AuthenticationType", authenticationType(record));
    data.put("EAPType", record.text(NpsLogField.EAP_FRIENDLY_NAME));
    data.put("ReasonCode", reason < 0 ? "" : Integer.toString(reason));
    data.put("Reason", NpsReasonCode.of(reason).meaning());
    data.replaceAll((name, value) -> value.isEmpty() ? "-" : value); // as the event has it
    return new EventRecord(
        line.at(),
        line.host(),
        line.file() + " line " + line.line(),
        EventLog.NPS_LOG,
        granted ? 6272 : 6273,
        granted ? EventRecord.Level.AUDIT_SUCCESS : EventRecord.Level.AUDIT_FAILURE,
        data,
        "");
  }

  /** The words of the event for the numbers of the log. */
  private static String authenticationType(NpsLogRecord record) {
    return switch ((int) record.number(NpsLogField.AUTHENTICATION_TYPE).orElse(0)) {
      case 1 -> "PAP";
      case 2 -> "CHAP";
      case 3 -> "MS-CHAPv1";
      case 4 -> "MS-CHAPv2";
      case 5 -> "EAP";
      case 7 -> "Unauthenticated";
      case 11 -> "PEAP";
      default -> "";
    };
  }
}
