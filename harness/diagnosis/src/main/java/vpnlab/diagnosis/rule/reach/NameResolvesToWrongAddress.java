package vpnlab.diagnosis.rule.reach;

import static vpnlab.diagnosis.facts.Passage.Fate.LOST_BEFORE_SERVER;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.Stage;

/** DNS names an address at which no VPN server lives. */
public final class NameResolvesToWrongAddress extends CauseRule {
  public NameResolvesToWrongAddress() {
    super("name-resolves-to-wrong-address", Stage.DNS, 809);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    Addressing addressing = new Addressing(facts);
    if (!addressing.dialedByName() || !addressing.citeLinkDown().isEmpty()) {
      return Optional.empty();
    }
    boolean unreachable = addressing.hostUnreachable();
    if (!facts.administrator()) {
      return unreachable
          ? Optional.of(
              Grounds.possible(
                      "A router has no way to %s, which %s resolves to: the record may be wrong."
                          .formatted(addressing.dialedAddress(), facts.profile().server()))
                  .cite(addressing.citations()))
          : Optional.empty();
    }
    boolean nobodyThere =
        unreachable || facts.initPassage().is(LOST_BEFORE_SERVER) && addressing.serverIsPublic();
    return nobodyThere && addressing.serverIsElsewhere()
        ? Optional.of(
            Grounds.certain(
                    "%s resolves to %s, but the VPN server has the addresses %s."
                        .formatted(
                            facts.profile().server(),
                            addressing.dialedAddress(),
                            addressing.serverAddresses()))
                .cite(addressing.citations())
                .cite(addressing.citeServer()))
        : Optional.empty();
  }
}
