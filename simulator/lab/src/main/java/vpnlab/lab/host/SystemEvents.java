package vpnlab.lab.host;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import vpnlab.evidence.EventRecord.Level;

/** What Windows itself writes: services, clock, name resolution, host firewall. */
public record SystemEvents(EventLog log) {
  private static final String TIME = "Microsoft-Windows-Time-Service";
  private static final String DNS = "Microsoft-Windows-DNS-Client";

  /** Lets a machine write Tcpip 4199 when another computer claims one of its addresses. */
  public static void watchAddresses(Machine machine) {
    SystemEvents events = new SystemEvents(machine.log());
    machine
        .network()
        .onAddressConflict(
            conflict ->
                events.addressConflict(
                    conflict.address().getHostAddress(),
                    conflict.hardware().toHex().replaceAll("(..)(?=.)", "$1-")));
  }

  /**
   * Tcpip 4199.
   *
   * @param hardware of the other computer, as {@code 02-00-0a-00-00-02}
   */
  private void addressConflict(String address, String hardware) {
    log.write(
        EventLog.SYSTEM,
        "Tcpip",
        4199,
        Level.ERROR,
        "The address "
            + address
            + " is also used by the computer with the hardware address "
            + hardware
            + ".",
        "Address",
        address,
        "HardwareAddress",
        hardware);
  }

  /** Service Control Manager 7036. */
  public void serviceState(String service, boolean running) {
    String state = running ? "running" : "stopped";
    log.write(
        EventLog.SYSTEM,
        "Service Control Manager",
        7036,
        Level.INFORMATION,
        "The service " + service + " is now " + state + ".",
        "ServiceName",
        service,
        "State",
        state);
  }

  /** Tcpip 4201 (an interface has got its link) or 4202 (it has lost it). */
  public void link(String address, boolean up) {
    log.write(
        EventLog.SYSTEM,
        "Tcpip",
        up ? 4201 : 4202,
        up ? Level.INFORMATION : Level.WARNING,
        "The network interface with the address "
            + address
            + (up ? " has got" : " has lost")
            + " its link.",
        "Address",
        address);
  }

  /**
   * Time-Service 35 (in step) or 34 (too far off to be corrected).
   *
   * @param offset true time minus the host's
   */
  public void timeCompared(String source, Duration offset, boolean correctable) {
    String seconds = String.format(Locale.ROOT, "%.3f", offset.toMillis() / 1000.0);
    log.write(
        EventLog.SYSTEM,
        TIME,
        correctable ? 35 : 34,
        correctable ? Level.INFORMATION : Level.ERROR,
        correctable
            ? "The clock follows the time source " + source + "."
            : "The clock differs by "
                + seconds
                + " seconds from the time source "
                + source
                + ", too much to be corrected.",
        "TimeSource",
        source,
        "OffsetSeconds",
        seconds);
  }

  /**
   * DNS-Client 3008.
   *
   * @param status 0, 9003 (no such name) or 1460 (time-out)
   */
  public void nameQueried(String name, int status, List<String> addresses) {
    log.write(
        DNS + "/Operational",
        DNS,
        3008,
        Level.INFORMATION,
        "The query for " + name + " ended with status " + status + ".",
        "QueryName",
        name,
        "QueryType",
        "1",
        "QueryStatus",
        Integer.toString(status),
        "QueryResults",
        String.join(";", addresses));
  }

  /** Security 5152: the host's own firewall dropped a packet. Ports are 0 for fragments. */
  public void packetBlocked(
      boolean outbound,
      String source,
      int sourcePort,
      String destination,
      int destinationPort,
      int protocol,
      String filter) {
    log.write(
        EventLog.SECURITY,
        EventLog.AUDITING,
        5152,
        Level.AUDIT_FAILURE,
        "The filtering platform blocked a packet (filter " + filter + ").",
        "Direction",
        outbound ? "Outbound" : "Inbound",
        "SourceAddress",
        source,
        "SourcePort",
        Integer.toString(sourcePort),
        "DestAddress",
        destination,
        "DestPort",
        Integer.toString(destinationPort),
        "Protocol",
        Integer.toString(protocol),
        "FilterName",
        filter);
  }

  /** Schannel 36871: a service wants to be a TLS server and has no certificate for that. */
  public void noTlsCredential() {
    log.write(
        EventLog.SYSTEM,
        "Schannel",
        36871,
        Level.ERROR,
        "A TLS server credential could not be created: there is no suitable certificate.",
        "Role",
        "server",
        "ErrorState",
        "10013");
  }
}
