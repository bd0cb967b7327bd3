package vpnlab.lab.host;

import vpnlab.evidence.EventRecord.Level;

/**
 * What the DHCP Server service writes: its activity log ({@code DhcpSrvLog}, one file a weekday)
 * and, about scopes, the System log.
 */
public record DhcpServerEvents(EventLog log) {
  private static final String ACTIVITY = "DhcpSrvLog";
  private static final String SOURCE = "DhcpServer";
  private static final String SERVICE = "Microsoft-Windows-DHCP-Server";

  /**
   * An entry of the activity log.
   *
   * @param id 10 new lease, 11 renewal, 12 release, 13 address found in use, 14 the scope is used
   *     up, 15 lease denied, 17 lease expired
   * @param address empty when it is about none
   * @param client the client's identifier in hexadecimal
   */
  public void entry(int id, String description, String address, String client) {
    log.write(
        ACTIVITY,
        SOURCE,
        id,
        id == 13 || id == 14 || id == 15 ? Level.WARNING : Level.INFORMATION,
        description + (address.isEmpty() ? "" : " " + address) + " (" + client + ")",
        "Description",
        description,
        "IPAddress",
        address,
        "ClientId",
        client);
  }

  /** System 1063: a scope has no address left. */
  public void scopeExhausted(String scope) {
    log.write(
        EventLog.SYSTEM,
        SERVICE,
        1063,
        Level.WARNING,
        "No IP address of the scope " + scope + " is left to be leased.",
        "Scope",
        scope);
  }
}
