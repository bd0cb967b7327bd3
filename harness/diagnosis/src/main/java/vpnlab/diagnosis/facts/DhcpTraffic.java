package vpnlab.diagnosis.facts;

import java.util.ArrayList;
import java.util.List;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.dhcp.DhcpMessage;
import vpnlab.wire.dhcp.DhcpMessageType;

/** The DHCP messages of the captures; what is none is passed over. */
public final class DhcpTraffic {
  /** A message and the datagram that carried it. */
  public record Seen(Datagram datagram, DhcpMessage message) {
    public boolean is(DhcpMessageType type) {
      return message.type().map(type::equals).orElse(false);
    }

    public String host() {
      return datagram.parts().get(0).captured().host();
    }

    public Direction direction() {
      return datagram.parts().get(0).captured().direction();
    }
  }

  private final List<Seen> messages = new ArrayList<>();

  public DhcpTraffic(Capture capture) {
    for (Datagram datagram : capture.datagrams()) {
      if (isPort(datagram.destinationPort()) && isPort(datagram.sourcePort())) {
        try {
          messages.add(new Seen(datagram, DhcpMessage.decode(datagram.payload())));
        } catch (MalformedMessageException other) {
          // Something else on a port of DHCP.
        }
      }
    }
  }

  private static boolean isPort(int port) {
    return port == DhcpMessage.SERVER_PORT || port == DhcpMessage.CLIENT_PORT;
  }

  /** At a host's interfaces, in this direction. */
  public List<Seen> at(String host, Direction direction) {
    return messages.stream()
        .filter(seen -> seen.host().equals(host) && seen.direction() == direction)
        .toList();
  }
}
