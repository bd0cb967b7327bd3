package vpnlab.network.topology;

import java.time.Duration;
import vpnlab.wire.ip.Ipv4Network;

/**
 * Masquerading: what leaves through the interface on {@code segment} bears that interface's address
 * and a port that the router chooses (RFC 3022). One inner address and port keeps its outer port
 * for all peers, and only peers that were written to may answer (RFC 4787 sections 4.1 and 5).
 *
 * @param inner the addresses to hide; outside, nobody has a route to them
 * @param udpMappingTimeout a UDP mapping is forgotten after this much silence
 */
public record SourceNat(String segment, Ipv4Network inner, Duration udpMappingTimeout) {
  /** Hides every address, with the two minutes that RFC 4787 section 4.3 asks for at least. */
  public static SourceNat onto(String segment) {
    return new SourceNat(segment, Ipv4Network.ANY, Duration.ofMinutes(2));
  }

  public SourceNat hiding(Ipv4Network addresses) {
    return new SourceNat(segment, addresses, udpMappingTimeout);
  }

  public SourceNat withUdpMappingTimeout(Duration value) {
    return new SourceNat(segment, inner, value);
  }
}
