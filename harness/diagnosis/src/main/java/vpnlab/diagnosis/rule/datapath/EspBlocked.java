package vpnlab.diagnosis.rule.datapath;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.TunnelTraffic;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;

/** IKE passes, and ESP (IP protocol 50, or in UDP on port 4500) is dropped on the way. */
public final class EspBlocked extends DataPathRule {
  public EspBlocked() {
    super("esp-blocked");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    for (String host : List.of(facts.client(), facts.vpnServer())) {
      Optional<EventRecord> dropped = dropped(facts, host);
      if (dropped.isPresent()) {
        return Optional.of(
            Grounds.certain("The firewall of " + host + " drops ESP, although IKE passes.")
                .cite(Cite.field(dropped.get(), "FilterName")));
      }
    }
    EspPassage passage = EspPassage.of(facts);
    if (!passage.isSilentForClient()) {
      return Optional.empty();
    }
    if (!passage.isServerSeen()) {
      return Optional.of(
          Grounds.possible(
                  "ESP leaves the client and none comes back: it may be dropped on the way.")
              .cite(passage.atClient()));
    }
    if (passage.reachedServer().isEmpty()) {
      return lost("ESP leaves the client and does not arrive at the server.", passage);
    }
    return passage.leftServer().isEmpty()
        ? Optional.empty()
        : lost("ESP leaves the server and does not arrive at the client.", passage);
  }

  private static Optional<Grounds> lost(String summary, EspPassage passage) {
    return Optional.of(Grounds.certain(summary).cite(passage.atClient()).cite(passage.atServer()));
  }

  /** Event 5152 about ESP alone, or about ESP in UDP while IKE passes on the same port. */
  private static Optional<EventRecord> dropped(Facts facts, String host) {
    String natPort = Integer.toString(facts.ike().natTPort());
    return facts
        .events()
        .last(
            host,
            EventLog.AUDITING,
            5152,
            event -> {
              boolean inUdp =
                  event.data("Protocol").equals("17")
                      && (event.data("SourcePort").equals(natPort)
                          || event.data("DestPort").equals(natPort));
              return inUdp || event.data("Protocol").equals(Integer.toString(TunnelTraffic.ESP));
            });
  }
}
