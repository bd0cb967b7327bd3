package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.IpPacket;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.CapturedPacket.Direction;
import vpnlab.evidence.HostFacts;

/** RRAS lets its clients reach the server itself and nothing behind it. */
public final class LanAccessLimited extends DataPathRule {
  public LanAccessLimited() {
    super("lan-access-limited");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    EspPassage passage = EspPassage.of(facts);
    if (!passage.isServerSeen()) {
      return passage.isSilentForClient()
          ? Optional.of(
              Grounds.possible(
                      "ESP leaves the client and none comes back: the VPN server may let clients"
                          + " reach nothing but itself.")
                  .cite(passage.atClient()))
          : Optional.empty();
    }
    Optional<HostFacts> server =
        facts.host(facts.vpnServer()).filter(host -> !host.routes().isEmpty());
    if (server.isEmpty() || server.get().routing()) {
      return Optional.empty();
    }
    List<IpPacket> forOthers =
        facts.tunnel().inner(facts.vpnServer(), Direction.RECEIVED).stream()
            .filter(packet -> !server.get().addresses().contains(packet.destination()))
            .toList();
    return forOthers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Grounds.certain(
                    "The VPN server gets packets of the client for %s and does not forward."
                        .formatted(forOthers.get(0).destination()))
                .cite(Cite.host(server.get(), "IP Routing Enabled = No"))
                .cite(
                    Cite.packet(
                        forOthers.get(0), "destination = " + forOthers.get(0).destination())));
  }
}
