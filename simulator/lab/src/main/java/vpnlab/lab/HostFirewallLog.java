package vpnlab.lab;

import java.util.Map;
import vpnlab.lab.host.Machine;
import vpnlab.lab.host.SystemEvents;
import vpnlab.network.path.Drop;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.UdpDatagram;

/** Writes Security 5152 for what a host's own firewall drops. */
record HostFirewallLog(Map<String, Machine> machines) {
  void hear(Drop drop) {
    boolean outbound = drop.reason() == Drop.Reason.FIREWALL_OUT;
    Machine machine = machines.get(drop.where());
    if (machine == null || !(outbound || drop.reason() == Drop.Reason.FIREWALL_IN)) {
      return;
    }
    Ipv4Packet packet = drop.packet();
    int sourcePort = 0;
    int destinationPort = 0;
    if (packet.protocol().equals(IpProtocol.UDP) && packet.fragmentOffset() == 0) {
      try {
        UdpDatagram datagram = UdpDatagram.decode(packet);
        sourcePort = datagram.sourcePort();
        destinationPort = datagram.destinationPort();
      } catch (MalformedMessageException e) {
        // A first fragment, whose datagram is not whole: its ports stay unknown.
      }
    }
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
}
