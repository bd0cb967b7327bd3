package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.DomainView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.HostFacts;

/** An RRAS of Windows NT 4.0 was refused, and the directory is listed. */
record OldServerAccess(Facts facts, DomainView.Refused refused, HostFacts controller) {
  static Optional<OldServerAccess> of(Facts facts) {
    DomainView domain = facts.domain();
    return domain
        .refused()
        .filter(refused -> domain.oldServer() && refused.server().equals(facts.vpnServer()))
        .flatMap(
            refused ->
                domain.controller().map(found -> new OldServerAccess(facts, refused, found)));
  }

  boolean everyoneIsMember() {
    return facts
        .domain()
        .object("group", DomainView.OLD_SERVERS_GROUP)
        .filter(
            group ->
                group.values("member").stream().anyMatch(member -> member.contains("CN=S-1-1-0,")))
        .isPresent();
  }

  Grounds because(String summary, String what) {
    return Grounds.certain(summary)
        .cite(refused.cite(), Cite.directory(controller, DomainView.OLD_SERVERS_GROUP, what))
        .cite(MemberAdded.to(facts, controller, DomainView.OLD_SERVERS_GROUP));
  }
}
