package vpnlab.protocol.esp;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import vpnlab.protocol.RandomSource;
import vpnlab.protocol.ike.ChildSa;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.esp.EspPacket;
import vpnlab.wire.esp.EspPayload;
import vpnlab.wire.ike.TrafficSelector;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;

/** Both directions of one Child SA at work (RFC 4303 section 3). */
final class EspSa {
  private static final long LAST_SEQUENCE = 0xffffffffL;

  private final ChildSa child;
  private final RandomSource random;
  private final EspProtection outbound;
  private final EspProtection inbound;
  private final AntiReplayWindow window = new AntiReplayWindow(AntiReplayWindow.DEFAULT_SIZE);
  private long lastSequence;
  private Instant retiresAt = Instant.MAX;
  private EspSa successor;

  EspSa(ChildSa child, RandomSource random) {
    this.child = child;
    this.random = random;
    this.outbound = protection(child, child.outbound());
    this.inbound = protection(child, child.inbound());
  }

  private static EspProtection protection(ChildSa child, ChildSa.EspKeys keys) {
    return EspProtection.of(child.suite(), keys)
        .orElseThrow(
            () -> new IllegalArgumentException("not implemented: " + child.suite().describe()));
  }

  /** Packets on this SA are taken until then. */
  void retireAt(Instant time) {
    retiresAt = time;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(retiresAt);
  }

  /** {@code next} is to be used for sending once the peer is known to have it. */
  void succeededBy(EspSa next) {
    successor = next;
  }

  /** Null while there is none. */
  EspSa successor() {
    return successor;
  }

  /** The successor when it is {@code proven}, on which the peer has sent; else this SA. */
  EspSa successorIf(EspSa proven) {
    return successor != null && successor == proven ? successor : this;
  }

  /**
   * Whether addresses, protocol and ports are the SA's.
   *
   * @param sent whether the packet is on its way to the peer
   */
  boolean isFor(Ipv4Packet packet, boolean sent) {
    List<TrafficSelector> ofSource = sent ? child.local() : child.remote();
    List<TrafficSelector> ofDestination = sent ? child.remote() : child.local();
    return matches(ofSource, packet.source(), packet, 0)
        && matches(ofDestination, packet.destination(), packet, 2);
  }

  private static boolean matches(
      List<TrafficSelector> selectors, Ipv4Address address, Ipv4Packet packet, int portAt) {
    Octets octets = address.octets();
    OptionalInt port = port(packet, portAt);
    return selectors.stream()
        .anyMatch(selector -> selector.matches(octets, packet.protocol().number(), port));
  }

  /** ICMP's type and code stand in place of ports (RFC 7296 section 3.13.1). */
  private static OptionalInt port(Ipv4Packet packet, int at) {
    boolean ported =
        packet.protocol().equals(IpProtocol.UDP) || packet.protocol().equals(IpProtocol.TCP);
    int from = ported ? at : 0;
    boolean shown =
        !packet.isLaterFragment()
            && packet.payload().size() >= 4
            && (ported || packet.protocol().equals(IpProtocol.ICMP));
    return shown
        ? OptionalInt.of(packet.payload().at(from) << 8 | packet.payload().at(from + 1))
        : OptionalInt.empty();
  }

  EspResult seal(Ipv4Packet inner) {
    if (lastSequence == LAST_SEQUENCE) {
      return new EspResult.Dropped(EspDrop.SEQUENCE_OVERFLOW);
    }
    lastSequence++;
    Octets plain =
        EspPayload.padded(inner.encode(), EspPayload.IPV4, outbound.blockSize()).encode();
    EspPacket unsealed = new EspPacket(child.outboundSpi(), lastSequence, Octets.EMPTY);
    Octets secured = outbound.seal(unsealed.header(), iv(), plain);
    return new EspResult.Sealed(new EspPacket(child.outboundSpi(), lastSequence, secured).encode());
  }

  /**
   * Unpredictable for CBC (RFC 3602 section 3); for GCM the sequence number, which never comes
   * twice (RFC 4106 section 3.1).
   */
  private Octets iv() {
    int size = outbound.ivSize();
    return outbound.blockSize() == 1 && size > 0
        ? new vpnlab.wire.OctetWriter().u64(lastSequence).toOctets()
        : random.octets(size);
  }

  EspResult open(EspPacket packet) {
    switch (window.judge(packet.sequence())) {
      case REPLAYED:
        return new EspResult.Dropped(EspDrop.REPLAYED);
      case TOO_OLD:
        return new EspResult.Dropped(EspDrop.TOO_OLD);
      case NEW:
        break;
    }
    var plain = inbound.open(packet.header(), packet.secured());
    if (plain.isEmpty()) {
      return new EspResult.Dropped(EspDrop.INTEGRITY);
    }
    window.enter(packet.sequence());
    return inner(plain.get());
  }

  /** What a sender adds behind the inner packet to hide its size (RFC 4303 section 2.7). */
  private static Octets withoutFlowPadding(Octets data) {
    int length = data.size() < 4 ? 0 : data.at(2) << 8 | data.at(3);
    return data.size() > length ? data.slice(0, length) : data;
  }

  private EspResult inner(Octets plain) {
    try {
      EspPayload payload = EspPayload.decode(plain);
      if (payload.nextHeader().equals(EspPayload.NO_NEXT_HEADER)) {
        return new EspResult.Dropped(EspDrop.DUMMY);
      }
      if (!payload.nextHeader().equals(EspPayload.IPV4) || !payload.isPaddingAsPrescribed()) {
        return new EspResult.Dropped(EspDrop.MALFORMED);
      }
      Ipv4Packet packet = Ipv4Packet.decode(withoutFlowPadding(payload.data()));
      return isFor(packet, false)
          ? new EspResult.Opened(packet)
          : new EspResult.Dropped(EspDrop.SELECTORS);
    } catch (MalformedMessageException e) {
      return new EspResult.Dropped(EspDrop.MALFORMED);
    }
  }
}
