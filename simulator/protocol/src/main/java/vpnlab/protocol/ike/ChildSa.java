package vpnlab.protocol.ike;

import java.util.List;
import vpnlab.wire.Octets;
import vpnlab.wire.ike.Proposal;
import vpnlab.wire.ike.TrafficSelector;

/**
 * A pair of ESP SAs with their keys (RFC 7296 section 2.17), as this end sees it.
 *
 * @param inboundSpi unsigned 32 bits; stands in packets to this end
 * @param outboundSpi unsigned 32 bits; stands in packets to the peer
 * @param suite the one transform of each type that was chosen
 * @param inbound for packets to this end
 * @param outbound for packets to the peer
 * @param local what may be behind this end
 * @param remote what may be behind the peer
 */
public record ChildSa(
    long inboundSpi,
    long outboundSpi,
    Proposal suite,
    EspKeys inbound,
    EspKeys outbound,
    List<TrafficSelector> local,
    List<TrafficSelector> remote) {
  public ChildSa {
    local = List.copyOf(local);
    remote = List.copyOf(remote);
  }

  /**
   * The keys of one direction.
   *
   * @param encryption with AES-GCM the key and behind it 4 octets of salt
   * @param integrity empty with AES-GCM
   */
  public record EspKeys(Octets encryption, Octets integrity) {}
}
