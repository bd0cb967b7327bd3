package vpnlab.lab.host;

import vpnlab.evidence.EventRecord.Level;

/**
 * The RasClient events of one dialing attempt.
 *
 * @param correlation the attempt's CoId
 * @param user the Windows user who dials, e.g. {@code CORP\alice}
 */
public record RasClientEvents(
    EventLog log, String correlation, String user, String connection, String server) {
  private static final String SOURCE = "RasClient";
  private static final String DEVICE = "WAN Miniport (IKEv2)";
  private static final String PORT = "VPN2-1";

  /**
   * @param mobike whether the connection may follow a change of network
   */
  public void dialing(String authentication, boolean mobike) {
    info(
        20221,
        "started dialing the connection " + connection,
        "Server",
        server,
        "VpnStrategy",
        "IKEv2",
        "AuthenticationType",
        authentication,
        "Mobility",
        mobike ? "Yes" : "No");
  }

  public void tryingLink() {
    info(20222, "is trying to reach " + server, "Server", server, "Device", DEVICE, "Port", PORT);
  }

  public void linkEstablished() {
    info(
        20223,
        "has reached " + server + ", which has proved itself",
        "Server",
        server,
        "Device",
        DEVICE,
        "Port",
        PORT);
  }

  public void linkUp() {
    info(20224, "is linked to the remote access server");
  }

  public void connected(String address) {
    info(20225, "is connected", "TunnelIpAddress", address);
  }

  /** RasClient 20226: a connection that stood has ended, for the reason of that code. */
  public void ended(int code) {
    info(
        20226, "had a connection, which has ended; the reason is " + code, "ReasonCode", "" + code);
  }

  /** RasClient 20227 with the code that the user sees. */
  public void failed(int code) {
    write(20227, Level.ERROR, "dialed in vain; the error code is " + code, "ErrorCode", "" + code);
  }

  private void info(int id, String what, String... data) {
    write(id, Level.INFORMATION, what, data);
  }

  private void write(int id, Level level, String what, String... more) {
    String[] data = new String[6 + more.length];
    System.arraycopy(
        new String[] {"CoId", correlation, "User", user, "ConnectionName", connection},
        0,
        data,
        0,
        6);
    System.arraycopy(more, 0, data, 6, more.length);
    log.write(
        EventLog.APPLICATION,
        SOURCE,
        id,
        level,
        "CoId=" + correlation + ": the user " + user + " " + what + ".",
        data);
  }
}
