package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
import java.util.stream.Stream;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Datagram;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IpPacket;
import vpnlab.diagnosis.facts.RoutingTable;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.wire.MalformedMessageException;
import vpnlab.wire.Octets;
import vpnlab.wire.ip.Ipv4Address;
import vpnlab.wire.radius.FilteredPacket;
import vpnlab.wire.radius.PacketFilters;
import vpnlab.wire.radius.RadiusPacket;

/** The network policy's IP filters drop what the client sends, or what is sent to it. */
public final class PolicyPacketFilter extends DataPathRule {
  public PolicyPacketFilter() {
    super("policy-packet-filter");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    EspPassage passage = EspPassage.of(facts);
    if (!passage.isServerSeen()) {
      return passage.isSilentForClient()
          ? Optional.of(
              Grounds.possible(
                      "ESP leaves the client and none comes back: the network policy may filter"
                          + " its traffic.")
                  .cite(passage.atClient()))
          : Optional.empty();
    }
    return facts.radius().acceptance().flatMap(accept -> explain(facts, accept));
  }

  private static Optional<Grounds> explain(Facts facts, Datagram accept) {
    Optional<PacketFilters> filters = filters(accept);
    String client = facts.tunnelAddress().orElse("");
    Optional<Grounds> onTheWayThere =
        filters
            .flatMap(PacketFilters::input)
            .flatMap(input -> stopped(fromClient(facts, client), input))
            .map(
                packet ->
                    grounds(
                        accept,
                        packet,
                        "what the client sends to " + packet.destination(),
                        "no filter permits it to " + packet.destination()));
    return onTheWayThere.or(
        () ->
            filters
                .flatMap(PacketFilters::output)
                .flatMap(output -> stopped(toClient(facts, client), output))
                .map(
                    packet ->
                        grounds(
                            accept,
                            packet,
                            "what %s sends to the client".formatted(packet.source()),
                            "no filter permits it from " + packet.source())));
  }

  private static Grounds grounds(Datagram accept, IpPacket stopped, String what, String why) {
    return Grounds.certain("The network policy's filters drop " + what + ".")
        .cite(Cite.packet(accept, "Access-Accept with MS-Filter"))
        .cite(Cite.packet(stopped, why));
  }

  private static Optional<PacketFilters> filters(Datagram accept) {
    try {
      return PacketFilters.of(RadiusPacket.decode(accept.payload()));
    } catch (MalformedMessageException unreadable) {
      return Optional.empty();
    }
  }

  /** What the client sends, as it came out of the tunnel. */
  private static Stream<IpPacket> fromClient(Facts facts, String client) {
    return facts.tunnel().inner(facts.vpnServer(), Direction.RECEIVED).stream()
        .filter(packet -> packet.source().equals(client));
  }

  /** What the intranet or another client sends, before it goes into the tunnel. */
  private static Stream<IpPacket> toClient(Facts facts, String client) {
    return Stream.concat(
        facts.tunnel().to(facts.vpnServer(), Direction.RECEIVED, client).stream(),
        facts.tunnel().inner(facts.vpnServer(), Direction.RECEIVED).stream()
            .filter(packet -> packet.destination().equals(client)));
  }

  /** The first that must not go on. A later fragment has no ports: its first one decides. */
  private static Optional<IpPacket> stopped(
      Stream<IpPacket> packets, PacketFilters.Direction filters) {
    return packets
        .filter(packet -> packet.fragmentOffset() == 0)
        .filter(packet -> !view(packet).passes(filters))
        .findFirst();
  }

  private static FilteredPacket view(IpPacket packet) {
    return new FilteredPacket(
        octets(packet.source()), octets(packet.destination()), packet.protocol(), packet.payload());
  }

  private static Octets octets(String address) {
    return RoutingTable.address(address).orElse(Ipv4Address.ANY).octets();
  }
}
