package vpnlab.protocol.dhcp;

import vpnlab.protocol.ProtocolEvent;
import vpnlab.wire.Octets;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.ip.Ipv4Address;

/** What a {@link DhcpServer} tells its owner. */
public sealed interface DhcpServerEvent extends ProtocolEvent {
  /**
   * An address was leased, or its lease prolonged.
   *
   * @param client its identifier
   */
  record Leased(Ipv4Address address, Octets client, boolean renewed) implements DhcpServerEvent {}

  /** A client gave an address back. */
  record Released(Ipv4Address address, Octets client) implements DhcpServerEvent {}

  /** A client found that somebody else has the address. */
  record Declined(Ipv4Address address, Octets client) implements DhcpServerEvent {}

  /** A client may not have the address that it asked for. */
  record Denied(Ipv4Address address, Octets client) implements DhcpServerEvent {}

  /** A lease has run out without having been prolonged. */
  record Expired(Ipv4Address address, Octets client) implements DhcpServerEvent {}

  /** Every address of the scope is taken; the client gets no answer. */
  record Exhausted(DhcpScope scope, Octets client) implements DhcpServerEvent {}

  /** No scope is for the network that {@code near} is on; the client gets no answer. */
  record NoScope(Ipv4Address near, Octets client) implements DhcpServerEvent {}

  /** An answer leaves. */
  record Answered(DhcpMessage request, DhcpMessage answer) implements DhcpServerEvent {}
}
