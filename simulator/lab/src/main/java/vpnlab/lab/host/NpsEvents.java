package vpnlab.lab.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vpnlab.evidence.EventRecord.Level;

/** What the Network Policy Server writes. */
public record NpsEvents(EventLog log) {

  /**
   * One decision of NPS, with the fields of events 6272 to 6275 in their order.
   *
   * @param authenticationType e.g. {@code EAP}, {@code PEAP}, {@code MS-CHAPv2}
   * @param eapType the method, the inner one with PEAP
   */
  public record Decision(
      String userSid,
      String user,
      String domain,
      String fullyQualifiedUser,
      String calledStation,
      String callingStation,
      String nasAddress,
      String nasIdentifier,
      String nasPortType,
      String nasPort,
      String clientName,
      String clientAddress,
      String connectionRequestPolicy,
      String networkPolicy,
      String server,
      String authenticationType,
      String eapType,
      String sessionId,
      int reasonCode,
      String reason,
      String loggingResult) {}

  /** NPS 13: a message from an address that is no RADIUS client. */
  public void unknownClient(String address) {
    log.write(
        EventLog.SYSTEM,
        "NPS",
        13,
        Level.ERROR,
        "A RADIUS message came from " + address + ", which is not a RADIUS client.",
        "ClientAddress",
        address);
  }

  /** NPS 18: wrong Message-Authenticator. */
  public void badAuthenticator(String address, String clientName) {
    log.write(
        EventLog.SYSTEM,
        "NPS",
        18,
        Level.ERROR,
        "An Access-Request of the RADIUS client "
            + clientName
            + " has a Message-Authenticator that is not valid.",
        "ClientAddress",
        address,
        "ClientName",
        clientName);
  }

  /** NPS 14: wrong Request Authenticator of an Accounting-Request. */
  public void badRequestAuthenticator(String address, String clientName) {
    log.write(
        EventLog.SYSTEM,
        "NPS",
        14,
        Level.ERROR,
        "A message of the RADIUS client " + clientName + " has an authenticator that is not valid.",
        "ClientAddress",
        address,
        "ClientName",
        clientName);
  }

  /** Security 6272, and 6278 because no health policy is in the way. */
  public void granted(Decision decision) {
    Map<String, String> data = subject(decision);
    data.put("LoggingResult", decision.loggingResult());
    write(6272, Level.AUDIT_SUCCESS, "granted access to", decision, data);
    Map<String, String> full = subject(decision);
    full.put("QuarantineState", "Full Access");
    full.put("ExtendedQuarantineState", "-");
    full.put("QuarantineSessionID", "-");
    full.put("QuarantineHelpURL", "-");
    full.put("QuarantineSystemHealthResult", "-");
    write(6278, Level.AUDIT_SUCCESS, "granted full access to", decision, full);
  }

  /** Security 6273. */
  public void denied(Decision decision) {
    Map<String, String> data = subject(decision);
    reason(decision, data);
    data.put("LoggingResult", decision.loggingResult());
    write(6273, Level.AUDIT_FAILURE, "denied access to", decision, data);
  }

  /** Security 6279: the lockout of remote access, not the directory's. */
  public void locked(Decision decision) {
    write(6279, Level.AUDIT_SUCCESS, "locked", decision, account(decision));
  }

  /** Security 6280. */
  public void unlocked(Decision decision) {
    write(6280, Level.AUDIT_SUCCESS, "unlocked", decision, account(decision));
  }

  /** Security 6274: no answer. */
  public void discarded(Decision decision) {
    Map<String, String> data = subject(decision);
    reason(decision, data);
    write(6274, Level.AUDIT_FAILURE, "discarded the request for", decision, data);
  }

  /** Security 6275: no answer to an Accounting-Request. */
  public void accountingDiscarded(Decision decision) {
    Map<String, String> data = subject(decision);
    reason(decision, data);
    write(6275, Level.AUDIT_FAILURE, "discarded the accounting request for", decision, data);
  }

  /** NPS 4400. */
  public void directoryConnected(String server, String domain) {
    log.write(
        EventLog.SYSTEM,
        "NPS",
        4400,
        Level.INFORMATION,
        "An LDAP connection with the domain controller " + server + " is established.",
        "DomainController",
        server,
        "Domain",
        domain);
  }

  /** NPS 4402. */
  public void noDomainController(String domain) {
    log.write(
        EventLog.SYSTEM,
        "NPS",
        4402,
        Level.ERROR,
        "No domain controller is available for the domain " + domain + ".",
        "Domain",
        domain);
  }

  private static void reason(Decision decision, Map<String, String> data) {
    data.put("ReasonCode", Integer.toString(decision.reasonCode()));
    data.put("Reason", decision.reason());
  }

  private static Map<String, String> account(Decision decision) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("SubjectUserSid", decision.userSid());
    data.put("SubjectUserName", decision.user());
    data.put("SubjectDomainName", decision.domain());
    data.put("FullyQualifiedSubjectUserName", decision.fullyQualifiedUser());
    return data;
  }

  private static Map<String, String> subject(Decision decision) {
    Map<String, String> data = account(decision);
    data.put("SubjectMachineSID", "S-1-0-0");
    data.put("SubjectMachineName", "-");
    data.put("FullyQualifiedSubjectMachineName", "-");
    data.put("CalledStationID", decision.calledStation());
    data.put("CallingStationID", decision.callingStation());
    data.put("NASIPv4Address", decision.nasAddress());
    data.put("NASIPv6Address", "-");
    data.put("NASIdentifier", decision.nasIdentifier());
    data.put("NASPortType", decision.nasPortType());
    data.put("NASPort", decision.nasPort());
    data.put("ClientName", decision.clientName());
    data.put("ClientIPAddress", decision.clientAddress());
    data.put("ProxyPolicyName", decision.connectionRequestPolicy());
    data.put("NetworkPolicyName", decision.networkPolicy());
    data.put("AuthenticationProvider", "Windows");
    data.put("AuthenticationServer", decision.server());
    data.put("AuthenticationType", decision.authenticationType());
    data.put("EAPType", decision.eapType());
    data.put("AccountSessionIdentifier", decision.sessionId());
    data.replaceAll((name, value) -> value.isEmpty() ? "-" : value);
    return data;
  }

  private void write(
      int id, Level level, String verb, Decision decision, Map<String, String> data) {
    List<String> strings = new ArrayList<>();
    data.forEach(
        (name, value) -> {
          strings.add(name);
          strings.add(value);
        });
    log.write(
        EventLog.SECURITY,
        EventLog.AUDITING,
        id,
        level,
        "Network Policy Server "
            + verb
            + " the user "
            + decision.user()
            + (decision.reason().isEmpty() ? "." : ": " + decision.reason()),
        strings.toArray(String[]::new));
  }
}
