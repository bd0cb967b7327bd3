package vpnlab.network.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vpnlab.network.path.NatSessions.Translation;
import vpnlab.wire.ip.IpProtocol;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.ip.Ipv4Packet;

/**
 * Later fragments have no ports: they follow their first, and wait for it when they came before it
 * (RFC 4787 section 11). Bounded; the oldest go first.
 */
final class FragmentTracks {
  private static final int MAX_DATAGRAMS = 1024;
  private static final int MAX_WAITING_PER_DATAGRAM = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Key(
      Ipv4Address source, Ipv4Address destination, IpProtocol protocol, int identification) {
    static Key of(Ipv4Packet packet) {
      return new Key(
          packet.source(), packet.destination(), packet.protocol(), packet.identification());
    }
  }

  private static final class Track {
    final long since;
    final List<Ipv4Packet> waiting = new ArrayList<>();
    Translation translation;

    Track(long since) {
      this.since = since;
    }
  }

  private final Map<Key, Track> tracks = new LinkedHashMap<>();

  Optional<Translation> followed(long now, Ipv4Packet laterFragment) {
    Track track = tracks.get(Key.of(laterFragment));
    return track == null || isOld(now, track)
        ? Optional.empty()
        : Optional.ofNullable(track.translation);
  }

  /** The first fragment is known; returns those that waited for it. */
  List<Ipv4Packet> first(long now, Ipv4Packet packet, Translation translation) {
    Track track = track(now, packet);
    track.translation = translation;
    List<Ipv4Packet> released = List.copyOf(track.waiting);
    track.waiting.clear();
    return released;
  }

  void hold(long now, Ipv4Packet laterFragment) {
    Track track = track(now, laterFragment);
    if (track.waiting.size() < MAX_WAITING_PER_DATAGRAM) {
      track.waiting.add(laterFragment);
    }
  }

  private Track track(long now, Ipv4Packet packet) {
    Key key = Key.of(packet);
    Track track = tracks.get(key);
    if (track == null || isOld(now, track)) {
      tracks.remove(key);
      track = new Track(now);
      tracks.put(key, track);
    }
    if (tracks.size() > MAX_DATAGRAMS) {
      tracks.remove(tracks.keySet().iterator().next());
    }
    return track;
  }

  private static boolean isOld(long now, Track track) {
    return now - track.since > PATIENCE.toNanos();
  }
}
