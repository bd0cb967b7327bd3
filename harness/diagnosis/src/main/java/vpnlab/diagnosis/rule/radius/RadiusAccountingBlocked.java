package vpnlab.diagnosis.rule.radius;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Datagram;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RadiusDialogue;
import vpnlab.diagnosis.rule.ConnectedRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;

/**
 * Something between RRAS and NPS drops RADIUS accounting. The user does not notice: only the log
 * lacks the session.
 */
public final class RadiusAccountingBlocked extends ConnectedRule {
  public RadiusAccountingBlocked() {
    super("radius-accounting-blocked");
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    RadiusDialogue radius = facts.radius();
    List<Datagram> sent = radius.accountingSent();
    if (!facts.administrator() || !radius.accountingAcknowledged().isEmpty()) {
      return Optional.empty();
    }
    Optional<Citation> drop =
        drop(facts, facts.policyServer(), "Inbound")
            .or(() -> drop(facts, facts.vpnServer(), "Outbound"));
    Optional<EventRecord> givenUp =
        facts.events().last(facts.vpnServer(), EventLog.REMOTE_ACCESS, 20146);
    // One lost datagram is no filter: RRAS must have given up, or a firewall must own up.
    boolean lost = givenUp.isPresent() && !sent.isEmpty() && radius.accountingArrived().isEmpty();
    if (drop.isEmpty() && !lost) {
      return Optional.empty();
    }
    List<Citation> citations = new ArrayList<>();
    sent.stream()
        .findFirst()
        .map(
            request ->
                Cite.packet(
                    request,
                    "Accounting-Request to UDP port " + request.destinationPort() + " left RRAS"))
        .ifPresent(citations::add);
    drop.ifPresent(citations::add);
    if (lost) {
      citations.add(Cite.capture(facts.policyServer(), "no Accounting-Request arrived"));
    }
    givenUp.ifPresent(event -> citations.add(Cite.field(event, "Server")));
    return Optional.of(
        Grounds.certain(
                "RADIUS accounting between RRAS and NPS is dropped: NPS's log lacks the session.")
            .cite(citations));
  }

  private static Optional<Citation> drop(Facts facts, String host, String direction) {
    return facts
        .firewallDrop(host, direction, (from, to) -> facts.radius().isAccountingPort(to))
        .map(
            event ->
                Cite.event(
                    event,
                    "Direction = %s, DestPort = %s, FilterName = %s"
                        .formatted(direction, event.data("DestPort"), event.data("FilterName"))));
  }
}
