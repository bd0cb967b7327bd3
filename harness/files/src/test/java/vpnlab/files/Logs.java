package vpnlab.files;

import java.time.LocalDateTime;
import vpnlab.evidence.npslog.NpsLogField;
import vpnlab.evidence.npslog.NpsLogRecord;

/** Records as an NPS writes them, for tests. */
final class Logs {
  static final LocalDateTime NINE = LocalDateTime.of(2026, 1, 15, 9, 0, 0);

  private Logs() {}

  static NpsLogRecord request(String user, LocalDateTime at, int serial) {
    return common(at, NpsLogRecord.ACCESS_REQUEST, serial)
        .text(NpsLogField.USER_NAME, user)
        .number(NpsLogField.REASON_CODE, 0)
        .build();
  }

  static NpsLogRecord accept(String user, LocalDateTime at, int serial) {
    return common(at, NpsLogRecord.ACCESS_ACCEPT, serial)
        .text(NpsLogField.FULLY_QUALIFIED_NAME, user)
        .number(NpsLogField.REASON_CODE, 0)
        .build();
  }

  static NpsLogRecord reject(String user, LocalDateTime at, int serial, int reason) {
    return common(at, NpsLogRecord.ACCESS_REJECT, serial)
        .text(NpsLogField.FULLY_QUALIFIED_NAME, user)
        .text(NpsLogField.POLICY_NAME, "Staff")
        .number(NpsLogField.REASON_CODE, reason)
        .build();
  }

  private static NpsLogRecord.Builder common(LocalDateTime at, int type, int serial) {
    return NpsLogRecord.builder()
        .text(NpsLogField.COMPUTER_NAME, "NPS1")
        .text(NpsLogField.SERVICE_NAME, "IAS")
        .timestamp(at)
        .number(NpsLogField.PACKET_TYPE, type)
        .text(NpsLogField.CLIENT_IP_ADDRESS, "10.0.0.2")
        .text(NpsLogField.CLASS, "311 1 10.0.0.3 01/15/2026 08:00:00 " + serial);
  }
}
