package vpnlab.protocol.dhcp;

import vpnlab.protocol.ProtocolEvent;
import vpnlab.wire.Octets;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.ip.Ipv4Address;

/** What a {@link DhcpClient} tells its owner. */
public sealed interface DhcpClientEvent extends ProtocolEvent {
  /** An address is leased, or leased for longer. */
  record Bound(Octets identifier, DhcpLease lease, boolean renewed) implements DhcpClientEvent {}

  /** No server has given an address; the client has stopped asking. */
  record NoAnswer(Octets identifier) implements DhcpClientEvent {}

  /** A lease has run out, or the server has refused to prolong it. */
  record Lost(Octets identifier, Ipv4Address address, boolean refused) implements DhcpClientEvent {}

  /** A server has answered DHCPINFORM. */
  record Informed(DhcpMessage parameters) implements DhcpClientEvent {}

  /** A message leaves or has come. */
  record Exchanged(DhcpMessage message, boolean sent) implements DhcpClientEvent {}
}
