package vpnlab.diagnosis.facts;

import java.time.Instant;
import java.util.List;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.Octets;

/**
 * A whole UDP datagram (RFC 768) as one host saw it, put together from its fragments if need be.
 *
 * @param parts the IP packets that carried it, in the order of their offsets; never empty
 */
public record Datagram(
    String source,
    int sourcePort,
    String destination,
    int destinationPort,
    Octets payload,
    List<IpPacket> parts) {
  public Datagram {
    parts = List.copyOf(parts);
  }

  public String host() {
    return parts.get(0).captured().host();
  }

  public Direction direction() {
    return parts.get(0).captured().direction();
  }

  public boolean sent() {
    return direction() == Direction.SENT;
  }

  public boolean received() {
    return direction() == Direction.RECEIVED;
  }

  /** When its last part was seen, true time. */
  public Instant at() {
    return parts.stream().map(part -> part.captured().at()).max(Instant::compareTo).orElseThrow();
  }

  public boolean fragmented() {
    return parts.size() > 1;
  }

  public String label() {
    return parts.get(0).label();
  }
}
