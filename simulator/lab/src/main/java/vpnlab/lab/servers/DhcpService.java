package vpnlab.lab.servers;

import java.net.BindException;
import vpnlab.lab.host.DhcpServerEvents;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.lab.spec.DhcpSpec;
import vpnlab.network.EndpointMount;
import vpnlab.protocol.ProtocolEvent;
import vpnlab.protocol.dhcp.DhcpServer;
import vpnlab.protocol.dhcp.DhcpServerEvent;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.dhcp.DhcpOptionCode;

/** The DHCP Server service of Windows. */
public final class DhcpService {
  private final Machine machine;
  private final DhcpServerEvents events;

  private DhcpService(Machine machine) {
    this.machine = machine;
    this.events = new DhcpServerEvents(machine.log());
  }

  /** Starts the service, or only says in the event log that it is stopped. */
  public static void start(Machine machine, DhcpSpec spec) throws BindException {
    new SystemEvents(machine.log()).serviceState("DHCPServer", spec.running());
    if (spec.running()) {
      DhcpService service = new DhcpService(machine);
      EndpointMount.mount(
          machine.network(),
          new DhcpServer(spec.toScopes()),
          service::hear,
          DhcpMessage.SERVER_PORT);
    }
  }

  private void hear(ProtocolEvent event) {
    if (event instanceof DhcpServerEvent.Answered answered) {
      machine.observer().note(machine.name(), "sends " + describe(answered.answer()));
    } else if (event instanceof DhcpServerEvent.Leased leased) {
      events.entry(
          leased.renewed() ? 11 : 10,
          leased.renewed() ? "Renew" : "Assign",
          leased.address().toString(),
          leased.client().toHex());
    } else if (event instanceof DhcpServerEvent.Released released) {
      events.entry(12, "Release", released.address().toString(), released.client().toHex());
    } else if (event instanceof DhcpServerEvent.Declined declined) {
      events.entry(13, "Conflict", declined.address().toString(), declined.client().toHex());
    } else if (event instanceof DhcpServerEvent.Exhausted exhausted) {
      events.entry(14, "Scope Full", "", exhausted.client().toHex());
      events.scopeExhausted(exhausted.scope().network().toString());
    } else if (event instanceof DhcpServerEvent.Denied denied) {
      events.entry(15, "NACK", denied.address().toString(), denied.client().toHex());
    } else if (event instanceof DhcpServerEvent.Expired expired) {
      events.entry(17, "Expired", expired.address().toString(), expired.client().toHex());
    } else if (event instanceof DhcpServerEvent.NoScope none) {
      machine
          .observer()
          .note(machine.name(), "has no DHCP scope for the network of " + none.near());
    }
  }

  /** What the observers of a lab are told of a message. */
  static String describe(DhcpMessage message) {
    return message
        + message
            .value(DhcpOptionCode.CLIENT_IDENTIFIER)
            .map(identifier -> " for " + identifier.toHex())
            .orElse("");
  }
}
