package vpnlab.network.topology;

import java.time.Duration;

/**
 * Masquerading: what leaves through the interface on {@code segment} bears that interface's address
 * and a port that the router chooses (RFC 3022). One inner address and port keeps its outer port
 * for all peers, and only peers that were written to may answer (RFC 4787 sections 4.1 and 5).
 *
 * @param udpMappingTimeout a UDP mapping is forgotten after this much silence
 */
public record SourceNat(String segment, Duration udpMappingTimeout) {
  /** With the two minutes that RFC 4787 section 4.3 asks for at least. */
  public static SourceNat onto(String segment) {
    return new SourceNat(segment, Duration.ofMinutes(2));
  }
}
