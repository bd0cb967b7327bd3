package vpnlab.lab.host;

import vpnlab.evidence.EventRecord.Level;

/** What the token broker writes into the AAD operational log. */
public record CloudAccessEvents(EventLog log) {
  private static final String SOURCE = "Microsoft-Windows-AAD";

  /**
   * AAD 1098: no token.
   *
   * @param error HRESULT of the token broker and what it means
   * @param message the cloud's answer, or what kept it away
   * @param details which user and device asked, and where
   */
  public void refused(String error, String message, String details) {
    write(1098, Level.ERROR, "A token was not issued.", "Error", error, message, details);
  }

  /** AAD 1099: a certificate was issued. */
  public void issued(String message, String details) {
    write(
        1099,
        Level.INFORMATION,
        "A certificate was issued.",
        "OperationCode",
        "0x0",
        message,
        details);
  }

  private void write(
      int id,
      Level level,
      String text,
      String codeName,
      String code,
      String message,
      String details) {
    log.write(
        SOURCE + "/Operational",
        SOURCE,
        id,
        level,
        text,
        codeName,
        code,
        level == Level.ERROR ? "ErrorMessage" : "OperationMessage",
        message,
        "AdditionalInformation",
        details);
  }
}
