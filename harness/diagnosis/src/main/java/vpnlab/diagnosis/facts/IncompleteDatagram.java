package vpnlab.diagnosis.facts;

import java.util.List;
import vpnlab.evidence.CapturedPacket.Direction;

/**
 * A UDP datagram of which a capture has some fragments, but not all.
 *
 * @param parts the fragments that are there, in the order of their offsets; never empty
 */
public record IncompleteDatagram(String source, String destination, List<IpPacket> parts) {
  public IncompleteDatagram {
    parts = List.copyOf(parts);
  }

  public String host() {
    return parts.get(0).captured().host();
  }

  public boolean received() {
    return parts.get(0).captured().direction() == Direction.RECEIVED;
  }

  /** Octets of the datagram that the present fragments carry. */
  public int size() {
    return parts.stream().mapToInt(part -> part.payload().size()).sum();
  }

  public String label() {
    return parts.get(0).label();
  }
}
