package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/**
 * The group for servers without a name has changed, and the domain controller has not restarted.
 */
public final class Nt4DcRestartPending extends ServerSideRule {
  public Nt4DcRestartPending() {
    super("nt4-dc-restart-pending", "the domain controller must be restarted.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return OldServerAccess.of(facts)
        .filter(access -> access.everyoneIsMember())
        .map(
            access ->
                access.because(
                    "Everyone may read accounts since the group has changed, but only after the domain"
                        + " controller's next start.",
                    "member names Everyone (S-1-1-0)"));
  }
}
