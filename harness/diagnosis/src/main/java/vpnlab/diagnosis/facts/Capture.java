package vpnlab.diagnosis.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vpnlab.evidence.CapturedPacket;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.OctetReader;
import vpnlab.wire.OctetWriter;
import vpnlab.wire.Octets;

/** The captured packets, decoded: whole UDP datagrams, those that stayed in pieces, ICMP errors. */
public final class Capture {
  private final List<IpPacket> packets = new ArrayList<>();
  private final List<IpPacket> inner = new ArrayList<>();
  private final List<Datagram> datagrams = new ArrayList<>();
  private final List<IncompleteDatagram> incomplete = new ArrayList<>();
  private final List<IcmpError> icmpErrors = new ArrayList<>();

  /**
   * @param since packets before this moment belong to earlier attempts and are left out, but keep
   *     their numbers
   */
  Capture(List<CapturedPacket> captured, Instant since) {
    Map<String, Integer> seen = new HashMap<>();
    Map<List<Object>, Reassembly> reassemblies = new LinkedHashMap<>();
    for (CapturedPacket one : captured) {
      int number = seen.merge(one.host() + "/" + one.tunnel(), 1, Integer::sum);
      if (one.at().isBefore(since)) {
        continue;
      }
      Optional<IpPacket> packet = IpPacket.parse(one, number);
      if (one.isOuter()) {
        packet.ifPresent(outer -> add(outer, reassemblies));
      } else {
        packet.ifPresent(inner::add);
      }
    }
    for (Reassembly unfinished : reassemblies.values()) {
      if (!unfinished.complete()) {
        incomplete.add(unfinished.asIncomplete());
      }
    }
    datagrams.sort(Comparator.comparing(Datagram::at));
  }

  private void add(IpPacket packet, Map<List<Object>, Reassembly> reassemblies) {
    packets.add(packet);
    IcmpError.parse(packet).ifPresent(icmpErrors::add);
    if (packet.protocol() != IpPacket.UDP) {
      return;
    }
    if (!packet.isFragment()) {
      udp(packet.payload(), List.of(packet)).ifPresent(datagrams::add);
      return;
    }
    List<Object> key =
        List.of(
            packet.captured().host(),
            packet.captured().direction(),
            packet.source(),
            packet.destination(),
            packet.identification());
    Reassembly reassembly = reassemblies.computeIfAbsent(key, none -> new Reassembly());
    if (reassembly.belongsToAnother(packet)) {
      if (!reassembly.complete()) {
        incomplete.add(reassembly.asIncomplete());
      }
      reassembly = new Reassembly();
      reassemblies.put(key, reassembly);
    }
    if (reassembly.complete()) {
      return; // a duplicate of a datagram that has arrived
    }
    reassembly.add(packet);
    if (reassembly.complete()) {
      udp(reassembly.payload(), reassembly.parts()).ifPresent(datagrams::add);
    }
  }

  private static Optional<Datagram> udp(Octets octets, List<IpPacket> parts) {
    try {
      OctetReader in = new OctetReader(octets);
      int sourcePort = in.u16("UDP source port");
      int destinationPort = in.u16("UDP destination port");
      int length = in.u16("UDP length");
      in.u16("UDP checksum");
      Octets payload = in.octets(length - 8, "UDP payload");
      IpPacket first = parts.get(0);
      return Optional.of(
          new Datagram(
              first.source(), sourcePort, first.destination(), destinationPort, payload, parts));
    } catch (MalformedMessageException damaged) {
      return Optional.empty();
    }
  }

  /** Every IPv4 packet that was seen at a tunnel interface, in the order of time. */
  public List<IpPacket> inner() {
    return inner;
  }

  /** Every IPv4 packet of the real interfaces, in the order of time. */
  public List<IpPacket> packets() {
    return packets;
  }

  /** Every whole UDP datagram, in the order of time. */
  public List<Datagram> datagrams() {
    return datagrams;
  }

  /** What is left of UDP datagrams that lost fragments. */
  public List<IncompleteDatagram> incompleteDatagrams() {
    return incomplete;
  }

  public List<IcmpError> icmpErrors() {
    return icmpErrors;
  }

  /** The fragments of one datagram so far (RFC 791 section 3.2, "Fragmentation and Reassembly"). */
  private static final class Reassembly {
    private final TreeMap<Integer, IpPacket> byOffset = new TreeMap<>();

    void add(IpPacket packet) {
      byOffset.putIfAbsent(packet.fragmentOffset(), packet);
    }

    /** The identification was used again for other content. */
    boolean belongsToAnother(IpPacket packet) {
      IpPacket present = byOffset.get(packet.fragmentOffset());
      return present != null && !present.payload().equals(packet.payload());
    }

    boolean complete() {
      int expected = 0;
      for (IpPacket part : byOffset.values()) {
        if (part.fragmentOffset() != expected) {
          return false;
        }
        expected += part.payload().size();
      }
      return !byOffset.isEmpty() && !byOffset.lastEntry().getValue().moreFragments();
    }

    Octets payload() {
      OctetWriter out = new OctetWriter();
      byOffset.values().forEach(part -> out.octets(part.payload()));
      return out.toOctets();
    }

    List<IpPacket> parts() {
      return List.copyOf(byOffset.values());
    }

    IncompleteDatagram asIncomplete() {
      IpPacket first = byOffset.firstEntry().getValue();
      return new IncompleteDatagram(first.source(), first.destination(), parts());
    }
  }
}
