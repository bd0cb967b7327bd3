package vpnlab.network.path;

import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Packet;

/** When an ICMP error may be sent at all (RFC 1812 section 4.3.2.7). */
final class IcmpErrors {
  private IcmpErrors() {}

  /** Not about an ICMP error, a later fragment, a broadcast, or a packet without a sender. */
  static boolean mayReportOn(Ipv4Packet packet) {
    boolean error =
        packet.protocol().equals(IpProtocol.ICMP)
            && !packet.payload().isEmpty()
            && new IcmpKind(packet.payload().at(0), 0).isError();
    return !error
        && !packet.isLaterFragment()
        && !packet.source().isAny()
        && !packet.destination().isLimitedBroadcast();
  }
}
