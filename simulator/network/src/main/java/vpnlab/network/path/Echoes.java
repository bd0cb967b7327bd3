package vpnlab.network.path;

import java.util.HashMap;
import java.util.Map;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.IcmpKind;
import vpnlab.wire.ip.IcmpMessage;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;
import vpnlab.wire.ip.QuotedPacket;

/**
 * A host's ICMP echo requests and who waits for the replies (RFC 792, RFC 1122 section 3.2.2.6).
 */
public final class Echoes {
  /** Whoever pings. */
  public interface Listener {
    /** The reply to one's own request. */
    void replied(Ipv4Address from, int sequence);

    /** A request did not arrive. */
    void failed(Ipv4Address reporter, int sequence, IcmpKind kind);
  }

  private record Asked(Ipv4Address target, Listener listener) {}

  private final HostNode host;
  private final Map<Integer, Asked> waiting = new HashMap<>();
  private int lastIdentifier;

  Echoes(HostNode host) {
    this.host = host;
  }

  /**
   * Begins a series.
   *
   * @return its identifier
   */
  public int open(Ipv4Address target, Listener listener) {
    do {
      lastIdentifier = lastIdentifier + 1 & 0xffff;
    } while (waiting.containsKey(lastIdentifier));
    waiting.put(lastIdentifier, new Asked(target, listener));
    return lastIdentifier;
  }

  public void close(int identifier) {
    waiting.remove(identifier);
  }

  /** Sends one request of a series; the route decides from which address. */
  public void request(int identifier, int sequence, Octets data) {
    Ipv4Address target = waiting.get(identifier).target();
    Ipv4Address source = host.sourceFor(target).orElse(Ipv4Address.ANY);
    Octets message = IcmpMessage.echoRequest(identifier, sequence, data).encode();
    host.send(IpProtocol.ICMP, source, target, message, false);
  }

  void replied(Ipv4Packet packet, IcmpMessage reply) {
    Asked asked = waiting.get(reply.echoIdentifier());
    if (asked != null) {
      asked.listener().replied(packet.source(), (int) (reply.rest() & 0xffff));
    }
  }

  void failed(QuotedPacket sent, IcmpKind kind, Ipv4Address reporter) {
    try {
      OctetReader reader = new OctetReader(sent.payload());
      boolean request = reader.u8("type") == IcmpKind.ECHO_REQUEST.type();
      reader.octets(3, "code and checksum");
      Asked asked = waiting.get(reader.u16("identifier"));
      if (request && asked != null) {
        asked.listener().failed(reporter, reader.u16("sequence number"), kind);
      }
    } catch (MalformedMessageException e) {
      throw new IllegalStateException("8 octets are always quoted", e);
    }
  }
}
