package vpnlab.diagnosis.rule.directory;

import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The domain controller does not believe the server that it is the member it says. */
public final class ComputerAccountBroken extends ServerSideRule {
  public ComputerAccountBroken() {
    super("computer-account-broken", "the computer account of the server may be broken.", 812);
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return facts
        .domain()
        .trouble(3210)
        .map(
            event ->
                Grounds.certain(
                        "The domain does not accept the computer account of %s."
                            .formatted(facts.domain().asker()))
                    .cite(Cite.field(event, "Reason"))
                    .cite(account(facts))
                    .cite(facts.radius().citeSilence()));
  }

  private static List<Citation> account(Facts facts) {
    String name = facts.domain().asker();
    return facts
        .domain()
        .controller()
        .map(
            controller ->
                Cite.directory(
                    controller,
                    name,
                    facts.domain().object("computer", name).isPresent()
                        ? "the computer account is listed: its password must differ"
                        : "no computer account is listed"))
        .stream()
        .toList();
  }
}
