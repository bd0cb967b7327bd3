package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** Servers without a name may not read accounts: Everyone is not in the group for them. */
public final class Nt4Pre2000AccessMissing extends ServerSideRule {
  public Nt4Pre2000AccessMissing() {
    super("nt4-pre2000-access-missing", "an old server may not read accounts without a name.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return OldServerAccess.of(facts)
        .filter(access -> !access.everyoneIsMember())
        .map(
            access ->
                access.because(
                    "RRAS, of the NT 4.0 kind, reads accounts without a name, and Everyone is not in"
                        + " Pre-Windows 2000 Compatible Access.",
                    "member does not name Everyone (S-1-1-0)"));
  }
}
