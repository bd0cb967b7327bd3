package vpnlab.diagnosis.rule.reach;

import static vpnlab.diagnosis.facts.Passage.Fate.ANSWER_LOST;
import static vpnlab.diagnosis.facts.Passage.Fate.LOST_BEFORE_SERVER;
import static vpnlab.diagnosis.facts.Passage.Fate.SILENCE;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Passage;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** A firewall between client and server drops UDP 4500 but not UDP 500. */
public final class Udp4500BlockedPerimeter extends CauseRule {
  public Udp4500BlockedPerimeter() {
    super("udp-4500-blocked-perimeter", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Passage passage = facts.authPassage();
    if (Fragments.suspected(facts)) {
      return Optional.empty();
    }
    if (passage.is(SILENCE)) {
      return Optional.of(
          Grounds.possible(
                  "UDP port 500 is answered, UDP port 4500 is not: a firewall on the way may drop it.")
              .cite(facts.initPassage().citations())
              .cite(passage.citations()));
    }
    return passage.is(LOST_BEFORE_SERVER, ANSWER_LOST)
        ? Optional.of(
            Grounds.certain(
                    "UDP port 500 passes, packets of UDP port 4500 are lost between client and server.")
                .cite(facts.initPassage().citations())
                .cite(passage.citations()))
        : Optional.empty();
  }
}
