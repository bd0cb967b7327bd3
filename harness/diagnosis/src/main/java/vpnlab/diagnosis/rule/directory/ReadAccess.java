package vpnlab.diagnosis.rule.directory;

import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.DomainView;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.DirectoryObject;
import vpnlab.evidence.HostFacts;

/** A server was refused the remote access properties of an account, and the directory is listed. */
record ReadAccess(Facts facts, DomainView.Refused refused, HostFacts controller) {
  /** Empty when no server of today was refused, or when nobody has looked into the directory. */
  static Optional<ReadAccess> of(Facts facts) {
    DomainView domain = facts.domain();
    return domain
        .refused()
        .filter(refused -> !domain.oldServer() || !refused.server().equals(facts.vpnServer()))
        .flatMap(
            refused -> domain.controller().map(found -> new ReadAccess(facts, refused, found)));
  }

  Optional<DirectoryObject> group() {
    return facts.domain().serversGroup();
  }

  Optional<DirectoryObject> computer() {
    return facts.domain().object("computer", refused.server());
  }

  /** Whether the computer that asked is a member now. */
  boolean isMember() {
    return group().isPresent()
        && computer().isPresent()
        && facts.domain().isMember(group().get(), computer().get().dn());
  }

  boolean groupIsRight() {
    return group().filter(DomainView::isSecurityDomainLocal).isPresent();
  }

  Grounds because(String summary, String object, String what, Citation... more) {
    return Grounds.certain(summary)
        .cite(refused.cite(), Cite.directory(controller, object, what))
        .cite(more);
  }
}
