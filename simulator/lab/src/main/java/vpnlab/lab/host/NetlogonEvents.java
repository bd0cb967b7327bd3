package vpnlab.lab.host;

import vpnlab.evidence.EventRecord.Level;

/** What a member of a domain writes about its secure channel. */
public record NetlogonEvents(EventLog log) {
  private static final String SOURCE = "NETLOGON";

  /** NETLOGON 5719: no domain controller can be reached. */
  public void noLogonServers(String domain, String why) {
    log.write(
        EventLog.SYSTEM,
        SOURCE,
        5719,
        Level.ERROR,
        "No secure session with a domain controller of "
            + domain
            + " could be set up: "
            + why
            + ".",
        "Domain",
        domain,
        "Reason",
        why);
  }

  /** NETLOGON 3210: the domain controller does not believe this computer. */
  public void notAuthenticated(String server, String domain, String why) {
    log.write(
        EventLog.SYSTEM,
        SOURCE,
        3210,
        Level.ERROR,
        "This computer could not prove itself to " + server + " of the domain " + domain + ".",
        "DomainController",
        server,
        "Domain",
        domain,
        "Reason",
        why);
  }
}
