package vpnlab.lab;

import java.util.Map;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.network.path.Drop;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;

/** Writes Security 5152 for what a host's own firewall drops. */
record HostFirewallLog(Map<String, Machine> machines) {
  void hear(Drop drop) {
    boolean outbound = drop.reason() == Drop.Reason.FIREWALL_OUT;
    Machine machine = machines.get(drop.where());
    if (machine == null || !(outbound || drop.reason() == Drop.Reason.FIREWALL_IN)) {
      return;
    }
    Ipv4Packet packet = drop.packet();
    // Fragments other than the first have no ports.
    boolean ports =
        packet.protocol().equals(IpProtocol.UDP)
            && packet.fragmentOffset() == 0
            && packet.payload().size() >= 4;
    int sourcePort = ports ? port(packet.payload(), 0) : 0;
    int destinationPort = ports ? port(packet.payload(), 2) : 0;
    new SystemEvents(machine.log())
        .packetBlocked(
            outbound,
            packet.source().toString(),
            sourcePort,
            packet.destination().toString(),
            destinationPort,
            packet.protocol().number(),
            drop.rule());
  }

  private static int port(Octets udp, int offset) {
    return udp.at(offset) << 8 | udp.at(offset + 1);
  }
}
