package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.DomainView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The group RAS and IAS Servers is not a security group with domain local scope. */
public final class RasIasGroupWrongKind extends ServerSideRule {
  public RasIasGroupWrongKind() {
    super("ras-ias-group-wrong-kind", "the group of the servers is of the wrong kind.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return ReadAccess.of(facts)
        .filter(access -> access.group().isPresent() && !access.groupIsRight())
        .map(
            access ->
                access.because(
                    "RAS and IAS Servers is no security group of domain local scope, so that"
                        + " nothing is granted to its members.",
                    DomainView.SERVERS_GROUP,
                    "groupType = "
                        + String.join(", ", access.group().orElseThrow().values("groupType"))
                        + ", must be -2147483644"));
  }
}
