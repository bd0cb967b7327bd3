package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Passage;
import vpnlab.diagnosis.facts.Passage.Fate;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;

/** What both rules about the server's own firewall ask. */
final class ServerFirewall {
  private ServerFirewall() {}

  static Optional<Grounds> explain(Facts facts, Passage passage, int port, String name) {
    if (passage.is(Fate.SILENCE)) {
      return Optional.of(
          Grounds.possible(
                  "Nothing came back from %s: the server's own firewall may drop it."
                      .formatted(name))
              .cite(passage.citations()));
    }
    if (!passage.is(Fate.IGNORED_BY_SERVER)) {
      return Optional.empty();
    }
    String server = facts.vpnServer();
    Optional<EventRecord> drop =
        facts
            .firewallDrop(server, "Inbound", (from, to) -> to == port)
            .or(() -> facts.firewallDrop(server, "Outbound", (from, to) -> from == port));
    if (drop.isPresent()) {
      EventRecord event = drop.get();
      return Optional.of(
          Grounds.certain("The firewall of %s drops %s.".formatted(server, name))
              .cite(
                  Cite.event(
                      event,
                      "Direction = %s, DestPort = %s, FilterName = %s"
                          .formatted(
                              event.data("Direction"),
                              event.data("DestPort"),
                              event.data("FilterName"))))
              .cite(passage.citations()));
    }
    boolean stopped =
        facts.serviceStopped(server, "RemoteAccess").isPresent()
            || facts.serviceStopped(server, "IKEEXT").isPresent();
    return stopped
        ? Optional.empty()
        : Optional.of(
            Grounds.possible(
                    "%s gets the requests on %s and is silent, though its service runs."
                        .formatted(server, name))
                .cite(passage.citations()));
  }
}
