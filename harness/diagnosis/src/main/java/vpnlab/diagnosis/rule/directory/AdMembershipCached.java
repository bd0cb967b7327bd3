package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.DomainView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;

/** The computer became a member after the service had bound to the directory. */
public final class AdMembershipCached extends ServerSideRule {
  public AdMembershipCached() {
    super("ad-membership-cached", "the server was registered after its start.");
  }

  @Override
  Optional<Grounds> prove(Facts facts) {
    return ReadAccess.of(facts)
        .filter(access -> access.groupIsRight() && access.isMember())
        .filter(access -> facts.domain().accessCheckLetsRead())
        .map(
            access ->
                access
                    .because(
                        "%s is a member of RAS and IAS Servers now, and was none when it started."
                            .formatted(access.refused().server()),
                        DomainView.SERVERS_GROUP,
                        "member names " + access.refused().server())
                    .cite(MemberAdded.to(facts, access.controller(), DomainView.SERVERS_GROUP)));
  }
}
