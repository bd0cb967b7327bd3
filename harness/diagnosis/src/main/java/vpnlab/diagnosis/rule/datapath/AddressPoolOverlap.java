package vpnlab.diagnosis.rule.datapath;

import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;

/** RRAS has handed out an address that a computer of the intranet has as well. */
public final class AddressPoolOverlap extends DataPathRule {
  public AddressPoolOverlap() {
    super("address-pool-overlap");
  }

  /** The answers are lost because they go to the other owner. */
  @Override
  public Set<String> supersedes() {
    return Set.of("no-return-route", "address-pool-unrouted");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    EspPassage passage = EspPassage.of(facts);
    if (!passage.isServerSeen()) {
      return passage.isSilentForClient()
          ? Optional.of(
              Grounds.possible(
                      "ESP leaves the client and none comes back: another computer may have the"
                          + " client's address, and the answers.")
                  .cite(passage.atClient()))
          : Optional.empty();
    }
    String address = facts.tunnelAddress().orElse("");
    for (HostFacts host : facts.hosts()) {
      if (host.host().equals(facts.client())) {
        continue;
      }
      Optional<EventRecord> conflict =
          facts.events().ever(host.host(), EventLog.TCPIP, 4199).stream()
              .filter(event -> event.data("Address").equals(address))
              .reduce((first, second) -> second);
      boolean owns = host.addresses().contains(address) && !host.host().equals(facts.vpnServer());
      if (conflict.isPresent() || owns) {
        Grounds grounds =
            Grounds.certain(
                    "The client's address %s is also that of %s.".formatted(address, host.host()))
                .cite(Cite.host(host, "address " + address));
        return Optional.of(
            conflict
                .map(event -> grounds.cite(Cite.field(event, "HardwareAddress")))
                .orElse(grounds));
      }
    }
    return Optional.empty();
  }
}
