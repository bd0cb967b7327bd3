package vpnlab.protocol.esp;

/** Why a packet did not pass ESP (RFC 4303 section 3.4, RFC 4301 section 5.2). */
public enum EspDrop {
  /** Shorter than a header, or the inner packet is no IPv4 packet. */
  MALFORMED,
  /** No SA of this end has the SPI. */
  UNKNOWN_SPI,
  /** The sequence number came before. */
  REPLAYED,
  /** The sequence number is too far behind the highest one to tell. */
  TOO_OLD,
  /** The integrity check value is wrong: forged, damaged, or under other keys. */
  INTEGRITY,
  /** Addresses, protocol or ports are not those that the SA is for. */
  SELECTORS,
  /** A packet to be thrown away, sent to hide how much traffic there is. */
  DUMMY,
  /** Outbound: no SA leads to the peer, or none is for such a packet. */
  NO_SA,
  /** Outbound: all sequence numbers of the SA are used up. */
  SEQUENCE_OVERFLOW
}
