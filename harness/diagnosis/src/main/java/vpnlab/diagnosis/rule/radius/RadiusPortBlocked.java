package vpnlab.diagnosis.rule.radius;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RadiusDialogue;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** Something between RRAS and NPS drops RADIUS. */
public final class RadiusPortBlocked extends CauseRule {
  public RadiusPortBlocked() {
    super("radius-port-blocked", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    RadiusDialogue radius = facts.radius();
    List<Citation> silence = radius.citeSilence();
    if (silence.isEmpty()) {
      return Optional.empty();
    }
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible("The server waited for NPS in vain: a firewall may drop RADIUS.")
              .cite(silence));
    }
    if (facts.serviceStopped(facts.policyServer(), "IAS").isPresent()) {
      return Optional.empty();
    }
    List<Citation> loss = cite(facts, radius);
    return loss.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Grounds.certain("RADIUS packets between RRAS and NPS are dropped.")
                .cite(loss)
                .cite(silence));
  }

  private static List<Citation> cite(Facts facts, RadiusDialogue radius) {
    Optional<Citation> drop =
        drop(facts, facts.policyServer(), "Inbound")
            .or(() -> drop(facts, facts.vpnServer(), "Outbound"));
    if (drop.isPresent()) {
      return List.of(drop.get());
    }
    Optional<Citation> refusal =
        radius.filtered().map(icmp -> Cite.packet(icmp.packet(), icmp.describe()));
    if (refusal.isPresent()) {
      return List.of(refusal.get());
    }
    boolean requestsLost =
        !radius.requestsSent().isEmpty()
            && radius.requestsArrived().isEmpty()
            && radius.refusal().isEmpty()
            && facts.host(facts.policyServer()).isPresent();
    if (requestsLost) {
      return List.of(
          Cite.packet(radius.requestsSent().get(0), "the Access-Request left RRAS"),
          Cite.capture(facts.policyServer(), "no Access-Request arrived"));
    }
    boolean answersLost = !radius.answersSent().isEmpty() && radius.answersArrived().isEmpty();
    return answersLost
        ? List.of(
            Cite.packet(radius.answersSent().get(0), "the answer left NPS"),
            Cite.capture(facts.vpnServer(), "no answer arrived"))
        : List.of();
  }

  private static Optional<Citation> drop(Facts facts, String host, String direction) {
    return facts
        .firewallDrop(host, direction, (from, to) -> facts.radius().isRadiusPort(to))
        .map(
            event ->
                Cite.event(
                    event,
                    "Direction = %s, DestPort = %s, FilterName = %s"
                        .formatted(direction, event.data("DestPort"), event.data("FilterName"))));
  }
}
