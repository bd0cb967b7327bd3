package vpnlab.network.path;

import java.util.Optional;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;

/**
 * Which conversation a packet belongs to, in the direction of that packet. Ports are those of UDP
 * and TCP, both the identifier for an ICMP echo, and zero for everything else.
 */
record Flow(
    IpProtocol protocol,
    Ipv4Address source,
    int sourcePort,
    Ipv4Address destination,
    int destinationPort) {

  /** Empty for a fragment other than the first, an ICMP error, and what is cut too short. */
  static Optional<Flow> of(Ipv4Packet packet) {
    if (packet.isLaterFragment()) {
      return Optional.empty();
    }
    Octets payload = packet.payload();
    if (hasPorts(packet.protocol())) {
      return payload.size() < 8
          ? Optional.empty()
          : Optional.of(of(packet, u16(payload, 0), u16(payload, 2)));
    }
    if (packet.protocol().equals(IpProtocol.ICMP)) {
      boolean echo = payload.size() >= 8 && (payload.at(0) == 8 || payload.at(0) == 0);
      return echo ? Optional.of(of(packet, u16(payload, 4), u16(payload, 4))) : Optional.empty();
    }
    return Optional.of(of(packet, 0, 0));
  }

  /** The flow of the packet that an ICMP error reports on, in that packet's direction. */
  static Optional<Flow> ofQuoted(Ipv4Packet error) {
    if (!error.protocol().equals(IpProtocol.ICMP) || error.isFragment()) {
      return Optional.empty();
    }
    try {
      IcmpMessage message = IcmpMessage.decode(error.payload());
      if (!message.kind().isError()) {
        return Optional.empty();
      }
      QuotedPacket quoted = message.quoted();
      if (quoted.isLaterFragment()) {
        return Optional.empty();
      }
      boolean echo = quoted.protocol().equals(IpProtocol.ICMP);
      int identifier = u16(quoted.payload(), 4);
      return Optional.of(
          new Flow(
              quoted.protocol(),
              quoted.source(),
              echo ? identifier : quoted.sourcePort(),
              quoted.destination(),
              echo ? identifier : quoted.destinationPort()));
    } catch (MalformedMessageException e) {
      return Optional.empty();
    }
  }

  Flow reversed() {
    return new Flow(protocol, destination, destinationPort, source, sourcePort);
  }

  Flow withSource(Ipv4Address address, int port) {
    return new Flow(protocol, address, port, destination, destinationPort);
  }

  Flow withDestination(Ipv4Address address, int port) {
    return new Flow(protocol, source, sourcePort, address, port);
  }

  static boolean hasPorts(IpProtocol protocol) {
    return protocol.equals(IpProtocol.UDP) || protocol.equals(IpProtocol.TCP);
  }

  static int u16(Octets octets, int at) {
    return octets.at(at) << 8 | octets.at(at + 1);
  }

  private static Flow of(Ipv4Packet packet, int sourcePort, int destinationPort) {
    return new Flow(
        packet.protocol(), packet.source(), sourcePort, packet.destination(), destinationPort);
  }
}
