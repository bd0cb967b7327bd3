package vpnlab.network.path;

import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;

/** What a host does with the packets of one IP protocol. */
interface ProtocolHandler {
  /** A whole packet for this host has passed its firewall. */
  void received(Ipv4Packet packet);

  /**
   * A packet that this host had sent did not arrive.
   *
   * @param nextHopMtu in octets when {@code kind} is "fragmentation needed", else 0
   */
  void failed(QuotedPacket sent, IcmpKind kind, Ipv4Address reporter, int nextHopMtu);
}
