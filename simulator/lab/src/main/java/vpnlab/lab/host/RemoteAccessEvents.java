package vpnlab.lab.host;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import vpnlab.evidence.EventRecord.Level;

/** What the Routing and Remote Access service writes. */
public record RemoteAccessEvents(EventLog log) {
  private static final String SOURCE = "RemoteAccess";

  public void authenticated(String correlation, String user, String port) {
    write(
        20250,
        Level.INFORMATION,
        "The user " + user + " was authenticated on port " + port + ".",
        "CoId",
        correlation,
        "User",
        user,
        "Port",
        port);
  }

  /** The user was refused; {@code code} is the Windows error (930: no RADIUS server answered). */
  public void refused(String correlation, String user, String source, String reason, int code) {
    write(
        20271,
        Level.WARNING,
        "The user " + user + " at " + source + " was refused: " + reason,
        "CoId",
        correlation,
        "User",
        user,
        "SourceAddress",
        source,
        "Reason",
        reason,
        "ErrorCode",
        "0x" + Integer.toHexString(code).toUpperCase(Locale.ROOT));
  }

  /** The refusal came before an authentication method had been agreed upon. */
  public void methodRefused(String correlation, String user, String source, String reason) {
    write(
        20276,
        Level.WARNING,
        "The authentication method of "
            + user
            + " at "
            + source
            + " does not match what the server's policy allows: "
            + reason,
        "CoId",
        correlation,
        "User",
        user,
        "SourceAddress",
        source,
        "Reason",
        reason);
  }

  public void addressAssigned(String correlation, String user, String port, String address) {
    write(
        20274,
        Level.INFORMATION,
        "The user " + user + " on port " + port + " was given the address " + address + ".",
        "CoId",
        correlation,
        "User",
        user,
        "Port",
        port,
        "Address",
        address);
  }

  /** The account of a session that has ended. */
  public void sessionEnded(
      String correlation, String user, String port, Instant begun, Instant ended, String reason) {
    long seconds = Duration.between(begun, ended).toSeconds();
    write(
        20272,
        Level.INFORMATION,
        "The user "
            + user
            + " on port "
            + port
            + " was connected for "
            + seconds
            + " seconds and is no more: "
            + reason,
        "CoId",
        correlation,
        "User",
        user,
        "Port",
        port,
        "Start",
        begun.toString(),
        "End",
        ended.toString(),
        "Seconds",
        "" + seconds,
        "Reason",
        reason,
        "Tunnel",
        "IKEv2");
  }

  public void addressReturned(String correlation, String address) {
    write(
        20275,
        Level.INFORMATION,
        "The client with the address " + address + " has disconnected.",
        "CoId",
        correlation,
        "Address",
        address);
  }

  /** A RADIUS server has not answered an accounting request; the connection does not suffer. */
  public void accountingLost(String server) {
    write(
        20146,
        Level.WARNING,
        "The RADIUS server " + server + " did not answer an accounting request.",
        "Server",
        server);
  }

  public void noAddressLeft(String correlation) {
    write(
        20167,
        Level.ERROR,
        "No IP address is left for a dial-in client; the static pool is used up.",
        "CoId",
        correlation);
  }

  /** RemoteAccess 20255: the address that the policy prescribes is another client's. */
  public void framedAddressTaken(String correlation, String port, String user, String address) {
    String reason = "The Framed-IP-Address " + address + " is in use.";
    write(
        20255,
        Level.ERROR,
        "An error on port " + port + ", user " + user + ": " + reason,
        "CoId",
        correlation,
        "Port",
        port,
        "User",
        user,
        "Reason",
        reason);
  }

  /** RemoteAccess 20152. */
  public void providerFailed(int error) {
    write(
        20152,
        Level.ERROR,
        "The authentication provider that is configured could not be loaded.",
        "ErrorCode",
        String.format(java.util.Locale.ROOT, "0x%X", error));
  }

  /** The server's own end of the tunnels has its address. */
  public void serverAdapterAddress(String address) {
    write(
        20088,
        Level.INFORMATION,
        "The server adapter of remote access uses the address " + address + ".",
        "Address",
        address);
  }

  /** No DHCP server answers; {@code address} is the first of those that clients get instead. */
  public void automaticAddresses(String address) {
    write(
        20169,
        Level.WARNING,
        "No DHCP server can be reached. Dial-in clients get automatic private addresses such as "
            + address
            + " and may reach nothing on the network.",
        "Address",
        address);
  }

  /** The DHCP server does not prolong a lease; whoever has the address is disconnected. */
  public void leaseLost(String address) {
    write(
        20170,
        Level.WARNING,
        "The lease of " + address + " could not be renewed at the DHCP server.",
        "Address",
        address);
  }

  private void write(int id, Level level, String message, String... data) {
    log.write(EventLog.SYSTEM, SOURCE, id, level, message, data);
  }
}
