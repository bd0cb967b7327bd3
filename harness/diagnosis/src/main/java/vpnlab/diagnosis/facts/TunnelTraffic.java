package vpnlab.diagnosis.facts;

import java.util.ArrayList;
import java.util.List;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.ike.IkeDatagram;
import vpnlab.wire.ip.QuotedPacket;

/**
 * ESP on the real interfaces, alone (IP protocol 50) or in UDP (RFC 3948), and inner packets at
 * tunnel interfaces and wherever else they were seen.
 */
public final class TunnelTraffic {
  /** IP protocol 50 (RFC 4303). */
  public static final int ESP = 50;

  private final Capture capture;
  private final List<IpPacket> esp = new ArrayList<>();

  TunnelTraffic(Capture capture, IkeTraffic ike) {
    this.capture = capture;
    capture.packets().stream().filter(packet -> packet.protocol() == ESP).forEach(esp::add);
    for (Datagram datagram : capture.datagrams()) {
      boolean onNatPort =
          datagram.sourcePort() == ike.natTPort() || datagram.destinationPort() == ike.natTPort();
      if (onNatPort && IkeDatagram.of(datagram.payload()).kind() == IkeDatagram.Kind.ESP) {
        esp.add(datagram.parts().get(0));
      }
    }
  }

  /**
   * ESP packets at a host's real interfaces; at the receiver also those that its firewall drops.
   */
  public List<IpPacket> esp(String host, Direction direction) {
    return at(esp, host, direction);
  }

  /** Inner packets at a host's tunnel interfaces. */
  public List<IpPacket> inner(String host, Direction direction) {
    return at(capture.inner(), host, direction);
  }

  /** Packets at a host's real interfaces between these addresses, in this direction. */
  public List<IpPacket> between(
      String host, Direction direction, String source, String destination) {
    return at(capture.packets(), host, direction).stream()
        .filter(packet -> packet.source().equals(source))
        .filter(packet -> packet.destination().equals(destination))
        .toList();
  }

  /** Packets at a host's real interfaces to this address, in this direction. */
  public List<IpPacket> to(String host, Direction direction, String destination) {
    return at(capture.packets(), host, direction).stream()
        .filter(packet -> packet.destination().equals(destination))
        .toList();
  }

  /** ICMP messages which say that a packet to this address could not be delivered (RFC 792). */
  public List<IpPacket> unreachableReports(String destination) {
    return capture.packets().stream()
        .filter(packet -> packet.protocol() == IpPacket.ICMP && !packet.isFragment())
        .filter(packet -> reportsOn(packet, destination))
        .toList();
  }

  private static boolean reportsOn(IpPacket packet, String destination) {
    int quoteAt = 8;
    if (packet.payload().size() < quoteAt || packet.payload().at(0) != 3) {
      return false;
    }
    try {
      return QuotedPacket.decode(packet.payload().from(quoteAt))
          .destination()
          .toString()
          .equals(destination);
    } catch (MalformedMessageException cutShort) {
      return false;
    }
  }

  private static List<IpPacket> at(List<IpPacket> packets, String host, Direction direction) {
    return packets.stream()
        .filter(packet -> packet.captured().host().equals(host))
        .filter(packet -> packet.captured().direction() == direction)
        .toList();
  }
}
