package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The group may not read the object RAS and IAS Servers Access Check. */
public final class AccessCheckReadMissing extends ServerSideRule {
  public AccessCheckReadMissing() {
    super(
        "access-check-read-missing",
        "the servers may not read the object that guards remote access.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return ReadAccess.of(facts)
        .filter(access -> !facts.domain().accessCheckLetsRead())
        .map(
            access ->
                access.because(
                    "The group RAS and IAS Servers may not read the object RAS and IAS Servers"
                        + " Access Check.",
                    "RAS and IAS Servers Access Check",
                    "nTSecurityDescriptor has no Read for the group"));
  }
}
