package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
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
import vpnlab.wire.radius.RadiusCode;
import vpnlab.wire.radius.RadiusPacket;

/** The network policy's IP filters drop what the client sends. */
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
    for (Datagram datagram : facts.capture().datagrams()) {
      boolean received =
          datagram.parts().get(0).captured().direction() == Direction.RECEIVED
              && datagram.parts().get(0).captured().host().equals(facts.vpnServer());
      Optional<PacketFilters> filters = received ? filters(datagram) : Optional.empty();
      Optional<IpPacket> stopped = filters.flatMap(each -> stopped(facts, each));
      if (stopped.isPresent()) {
        return Optional.of(
            Grounds.certain(
                    "The network policy's filters drop what the client sends to %s."
                        .formatted(stopped.get().destination()))
                .cite(Cite.packet(datagram, "Access-Accept with MS-Filter"))
                .cite(
                    Cite.packet(
                        stopped.get(), "no filter permits it to " + stopped.get().destination())));
      }
    }
    return Optional.empty();
  }

  private static Optional<PacketFilters> filters(Datagram datagram) {
    try {
      RadiusPacket packet = RadiusPacket.decode(datagram.payload());
      return packet.code().equals(RadiusCode.ACCESS_ACCEPT)
          ? PacketFilters.of(packet)
          : Optional.empty();
    } catch (MalformedMessageException other) {
      return Optional.empty();
    }
  }

  /** A packet of the client, as it came out of the tunnel, that must not go on. */
  private static Optional<IpPacket> stopped(Facts facts, PacketFilters filters) {
    return facts.tunnel().inner(facts.vpnServer(), Direction.RECEIVED).stream()
        .filter(packet -> filters.input().map(each -> !view(packet).passes(each)).orElse(false))
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
