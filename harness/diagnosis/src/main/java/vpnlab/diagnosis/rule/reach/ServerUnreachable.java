package vpnlab.diagnosis.rule.reach;

import static vpnlab.diagnosis.facts.Passage.Fate.LOST_BEFORE_SERVER;
import static vpnlab.diagnosis.facts.Passage.Fate.SILENCE;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.Passage;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** The server's host cannot be reached at all. */
public final class ServerUnreachable extends CauseRule {
  public ServerUnreachable() {
    super("server-unreachable", Stage.REACHABILITY, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Addressing addressing = new Addressing(facts);
    Passage passage = facts.initPassage();
    if (addressing.hostUnreachable()) {
      if (facts.administrator() && addressing.serverIsElsewhere()) {
        return Optional.empty();
      }
      String summary =
          "A router has no way to the server's address %s.".formatted(addressing.dialedAddress());
      boolean addressIsRight = facts.administrator() || !addressing.dialedByName();
      return Optional.of(
          (addressIsRight ? Grounds.certain(summary) : Grounds.possible(summary))
              .cite(passage.citations()));
    }
    if (passage.is(SILENCE)) {
      return Optional.of(
          Grounds.possible("No packet came back: the server's host may be off or cut off.")
              .cite(passage.citations()));
    }
    if (!passage.is(LOST_BEFORE_SERVER)) {
      return Optional.empty();
    }
    if (!addressing.citeLinkDown().isEmpty()) {
      return Optional.of(
          Grounds.certain("The server's network interface has lost its link.")
              .cite(addressing.citeLinkDown())
              .cite(passage.citations()));
    }
    return facts.host(facts.vpnServer()).isEmpty()
        ? Optional.of(
            Grounds.certain("The server's host answers nobody: it is off or cut off.")
                .cite(passage.citations()))
        : Optional.empty();
  }
}
