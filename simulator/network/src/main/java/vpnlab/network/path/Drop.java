package vpnlab.network.path;

import java.time.Instant;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * A packet that went no further.
 *
 * @param at true time
 * @param where the name of the host, router or segment
 * @param rule the firewall rule, or empty
 */
public record Drop(Instant at, String where, Reason reason, String rule, Ipv4Packet packet) {
  /** Why a packet went no further. */
  public enum Reason {
    /** A host's firewall, outbound; the packet is in no capture. */
    FIREWALL_OUT,
    /** A host's firewall, inbound. */
    FIREWALL_IN,
    /** A router's firewall. */
    FIREWALL_FORWARD,
    /** The segment's loss probability. */
    LOSS,
    /** The packet is for somebody else, and this host does not forward. */
    NOT_FORWARDED,
    /** No segment has the address. */
    NO_ROUTE,
    /** Nobody on the segment has the address. */
    NO_SUCH_HOST,
    /** The sender's address is not (or no longer) one of the host's that sends. */
    NO_SUCH_SOURCE,
    /** The interface that the packet was on its way to has left the segment. */
    INTERFACE_GONE,
    /** Too large, and marked as not to be fragmented. */
    TOO_LARGE,
    TIME_TO_LIVE,
    /** An address translator knows no mapping for it. */
    NO_MAPPING,
    /** A checksum or length is wrong. */
    MALFORMED,
    /** Nothing listens on the port. */
    NO_LISTENER
  }
}
