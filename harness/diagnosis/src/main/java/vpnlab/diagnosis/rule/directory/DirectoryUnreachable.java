package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The server that decides about users reaches no domain controller. */
public final class DirectoryUnreachable extends ServerSideRule {
  public DirectoryUnreachable() {
    super("directory-unreachable", "the server may not reach the directory.", 812);
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return facts
        .domain()
        .trouble(5719)
        .map(
            event ->
                Grounds.certain(
                        "%s reaches no domain controller.".formatted(facts.domain().asker()))
                    .cite(Cite.field(event, "Reason"))
                    .cite(DirectoryPath.cite(facts))
                    .cite(facts.radius().citeSilence()));
  }
}
