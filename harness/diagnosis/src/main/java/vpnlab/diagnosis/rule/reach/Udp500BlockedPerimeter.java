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

/** A firewall between client and server drops UDP 500 without a word. */
public final class Udp500BlockedPerimeter extends CauseRule {
  public Udp500BlockedPerimeter() {
    super("udp-500-blocked-perimeter", Stage.TUNNEL_SETUP, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Passage passage = facts.initPassage();
    if (passage.is(SILENCE)) {
      return Optional.of(
          Grounds.possible("No packet came back: a firewall on the way may drop UDP port 500.")
              .cite(passage.citations()));
    }
    Addressing addressing = new Addressing(facts);
    if (passage.is(ANSWER_LOST)) {
      Grounds grounds =
          Grounds.certain("The server's answers from UDP port 500 are dropped on the way back.")
              .cite(passage.citations());
      return Optional.of(
          addressing.serverRoutesAreKnown() ? grounds : grounds.unless(Addressing.SERVER_ROUTES));
    }
    boolean addressIsWrong =
        addressing.dialedByName() && addressing.serverIsPublic() && addressing.serverIsElsewhere();
    return passage.is(LOST_BEFORE_SERVER)
            && facts.host(facts.vpnServer()).isPresent()
            && !addressIsWrong
            && addressing.citeLinkDown().isEmpty()
        ? Optional.of(
            Grounds.certain(
                    "The client's requests to UDP port 500 leave it and never arrive at the server.")
                .cite(passage.citations()))
        : Optional.empty();
  }
}
