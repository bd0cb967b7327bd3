package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.DomainView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The group RAS and IAS Servers does not exist. */
public final class RasIasGroupMissing extends ServerSideRule {
  public RasIasGroupMissing() {
    super("ras-ias-group-missing", "the server may not read accounts.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return ReadAccess.of(facts)
        .filter(access -> access.group().isEmpty())
        .map(
            access ->
                access.because(
                    "%s may not read accounts: the group RAS and IAS Servers does not exist."
                        .formatted(access.refused().server()),
                    DomainView.SERVERS_GROUP,
                    "is not listed"));
  }
}
