package vpnlab.protocol.esp;

import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Packet;

/** What came of a packet. */
public sealed interface EspResult {
  /** To be sent to the peer: an ESP packet, encoded. */
  record Sealed(Octets packet) implements EspResult {}

  /** A packet of the peer, authentic and for this SA. */
  record Opened(Ipv4Packet inner) implements EspResult {}

  /** Goes no further. */
  record Dropped(EspDrop reason) implements EspResult {}
}
