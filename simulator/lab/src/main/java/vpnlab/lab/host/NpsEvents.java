package vpnlab.lab.host;

import vpnlab.evidence.EventRecord.Level;

/** What the Network Policy Server writes. */
public record NpsEvents(EventLog log) {

  /**
   * One decision of NPS, with the fields of events 6272 and 6273 that an administrator reads.
   *
   * @param authenticationType {@code EAP} or {@code PEAP}
   * @param eapType the method, the inner one with PEAP
   */
  public record Decision(
      String user,
      String clientName,
      String clientAddress,
      String nasAddress,
      String connectionRequestPolicy,
      String networkPolicy,
      String authenticationType,
      String eapType,
      int reasonCode,
      String reason) {}

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

  /** Security 6272. */
  public void granted(Decision decision) {
    decided(6272, Level.AUDIT_SUCCESS, "granted access to", decision);
  }

  /** Security 6273. */
  public void denied(Decision decision) {
    decided(6273, Level.AUDIT_FAILURE, "denied access to", decision);
  }

  /** Security 6274: not answered, for a reason that is not the user's. */
  public void discarded(Decision decision) {
    decided(6274, Level.AUDIT_FAILURE, "discarded the request of", decision);
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

  private void decided(int id, Level level, String verb, Decision decision) {
    log.write(
        EventLog.SECURITY,
        EventLog.AUDITING,
        id,
        level,
        "Network Policy Server " + verb + " the user " + decision.user() + ": " + decision.reason(),
        "SubjectUserName",
        decision.user(),
        "ClientName",
        decision.clientName(),
        "ClientIPAddress",
        decision.clientAddress(),
        "NASIPv4Address",
        decision.nasAddress(),
        "ProxyPolicyName",
        decision.connectionRequestPolicy(),
        "NetworkPolicyName",
        decision.networkPolicy(),
        "AuthenticationType",
        decision.authenticationType(),
        "EAPType",
        decision.eapType(),
        "ReasonCode",
        Integer.toString(decision.reasonCode()),
        "Reason",
        decision.reason());
  }
}
