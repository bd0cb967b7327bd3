package vpnlab.diagnosis.rule.directory;

import java.util.List;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.HostFacts;

/** When somebody became a member of a group, as the domain controller's auditing has it. */
final class MemberAdded {
  private MemberAdded() {}

  /** Security 4728, 4732 and 4756, the last one. */
  static List<Citation> to(Facts facts, HostFacts controller, String group) {
    return facts.events().ever(controller.host(), EventLog.AUDITING, 4728, 4732, 4756).stream()
        .filter(event -> event.data("TargetUserName").equalsIgnoreCase(group))
        .reduce((first, second) -> second)
        .map(MemberAdded::cite)
        .stream()
        .toList();
  }

  private static Citation cite(EventRecord event) {
    return Cite.event(event, "MemberName = " + event.data("MemberName") + " at " + event.at());
  }
}
