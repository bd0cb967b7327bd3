package vpnlab.wire.ip;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vpnlab.wire.Octets;

/**
 * Puts fragments together again (RFC 791 section 3.2, RFC 815). Bounded in datagrams and octets,
 * the oldest go first. A datagram with overlapping fragments is given up, as RFC 5722 asks for IPv6
 * and Windows and Linux do for IPv4; an exact duplicate is ignored.
 */
public final class Reassembly {
  /** Windows and RFC 1122 section 3.3.2 give up after 60 seconds, Linux after 30. */
  public static final Duration TIME_OUT = Duration.ofSeconds(60);

  private static final int MAX_DATAGRAMS = 256;
  private static final int MAX_OCTETS = 4 << 20;

  private record Key(
      Ipv4Address source, Ipv4Address destination, IpProtocol protocol, int identification) {}

  private static final class Partial {
    final long since;
    final TreeMap<Integer, Ipv4Packet> pieces = new TreeMap<>();
    int octets;

    Partial(long since) {
      this.since = since;
    }
  }

  private final Map<Key, Partial> partials = new LinkedHashMap<>();
  private int held;

  /**
   * Takes one packet; returns it at once when it is no fragment, and the whole one when this was
   * the last missing piece.
   *
   * @param now nanoseconds of any clock that never goes back
   */
  public Optional<Ipv4Packet> add(long now, Ipv4Packet packet) {
    if (!packet.isFragment()) {
      return Optional.of(packet);
    }
    forgetOld(now);
    Key key =
        new Key(packet.source(), packet.destination(), packet.protocol(), packet.identification());
    Partial partial = partials.computeIfAbsent(key, k -> new Partial(now));
    if (!fits(partial, packet)) {
      if (!packet.equals(partial.pieces.get(packet.fragmentOffset()))) {
        forget(key);
      }
      return Optional.empty();
    }
    partial.pieces.put(packet.fragmentOffset(), packet);
    partial.octets += packet.payload().size();
    held += packet.payload().size();
    Optional<Ipv4Packet> whole = whole(partial);
    if (whole.isPresent()) {
      forget(key);
    }
    makeRoom();
    return whole;
  }

  /** Datagrams of which some fragments are missing. */
  public int incomplete() {
    return partials.size();
  }

  private static boolean fits(Partial partial, Ipv4Packet packet) {
    int start = packet.fragmentOffset();
    int end = start + packet.payload().size();
    boolean sane =
        packet.payload().size() > 0
            && (!packet.moreFragments() || packet.payload().size() % 8 == 0)
            && end <= Ipv4Packet.MAX_SIZE - packet.headerSize();
    Map.Entry<Integer, Ipv4Packet> before = partial.pieces.floorEntry(start);
    Integer after = partial.pieces.ceilingKey(start);
    return sane
        && (before == null || before.getKey() + before.getValue().payload().size() <= start)
        && (after == null || end <= after);
  }

  private static Optional<Ipv4Packet> whole(Partial partial) {
    int expected = 0;
    for (Ipv4Packet piece : partial.pieces.values()) {
      if (piece.fragmentOffset() != expected) {
        return Optional.empty();
      }
      expected += piece.payload().size();
    }
    Ipv4Packet first = partial.pieces.firstEntry().getValue();
    if (partial.pieces.lastEntry().getValue().moreFragments()
        || first.headerSize() + expected > Ipv4Packet.MAX_SIZE) {
      return Optional.empty();
    }
    Octets[] payloads =
        partial.pieces.values().stream().map(Ipv4Packet::payload).toArray(Octets[]::new);
    return Optional.of(first.reassembled(Octets.concat(payloads)));
  }

  private void forgetOld(long now) {
    Iterator<Partial> oldest = partials.values().iterator();
    while (oldest.hasNext()) {
      Partial partial = oldest.next();
      if (now - partial.since < TIME_OUT.toNanos()) {
        return;
      }
      held -= partial.octets;
      oldest.remove();
    }
  }

  private void makeRoom() {
    while (partials.size() > MAX_DATAGRAMS || held > MAX_OCTETS) {
      forget(partials.keySet().iterator().next());
    }
  }

  private void forget(Key key) {
    Partial partial = partials.remove(key);
    if (partial != null) {
      held -= partial.octets;
    }
  }
}
