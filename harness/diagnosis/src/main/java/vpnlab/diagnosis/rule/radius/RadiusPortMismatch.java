package vpnlab.diagnosis.rule.radius;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.RadiusDialogue;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** RRAS asks one port of the two generations (1645, 1812), and NPS listens on the other. */
public final class RadiusPortMismatch extends CauseRule {
  public RadiusPortMismatch() {
    super("radius-port-mismatch", Stage.AUTHENTICATION, 812);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    RadiusDialogue radius = facts.radius();
    var silence = radius.citeSilence();
    if (silence.isEmpty()) {
      return Optional.empty();
    }
    if (!facts.administrator()) {
      return Optional.of(
          Grounds.possible("The server waited for NPS in vain: it may ask another port than NPS's.")
              .cite(silence));
    }
    return radius
        .mismatch()
        .map(
            ports ->
                Grounds.certain(
                        "RRAS asks UDP port %d of NPS, which listens on %d."
                            .formatted(ports.asked(), ports.open()))
                    .cite(
                        Cite.packet(
                            radius.requestsSent().get(0),
                            "Access-Request to UDP port " + ports.asked()))
                    .cite(Cite.host(ports.host(), "listens on UDP port " + ports.open()))
                    .cite(silence));
  }
}
