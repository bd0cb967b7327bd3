package vpnlab.lab.host;

import vpnlab.evidence.EventRecord.Level;

/** The audit of the IKE service (IKEEXT), on both ends. */
public record IkeEvents(EventLog log, boolean initiator) {

  /** Security 4650. */
  public void succeeded(String localAddress, String remoteAddress) {
    log.write(
        EventLog.SECURITY,
        EventLog.AUDITING,
        4650,
        Level.AUDIT_SUCCESS,
        "An IPsec main mode security association was established.",
        "LocalAddress",
        localAddress,
        "RemoteAddress",
        remoteAddress,
        "KeyModName",
        "IKEv2",
        "Role",
        role());
  }

  /**
   * Security 4653.
   *
   * @param local whether this end found the reason, or heard of it from the other
   * @param code the Windows error
   * @param state how far the negotiation had come
   */
  public void failed(
      String localAddress,
      String remoteAddress,
      boolean local,
      int code,
      String reason,
      String state) {
    log.write(
        EventLog.SECURITY,
        EventLog.AUDITING,
        4653,
        Level.AUDIT_FAILURE,
        "An IPsec main mode negotiation failed: " + reason,
        "LocalAddress",
        localAddress,
        "RemoteAddress",
        remoteAddress,
        "KeyModName",
        "IKEv2",
        "FailurePoint",
        local ? "Local computer" : "Remote computer",
        "FailureReason",
        reason,
        "FailureCode",
        Integer.toString(code),
        "State",
        state,
        "Role",
        role());
  }

  private String role() {
    return initiator ? "Initiator" : "Responder";
  }
}
