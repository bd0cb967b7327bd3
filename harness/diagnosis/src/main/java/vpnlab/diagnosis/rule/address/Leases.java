package vpnlab.diagnosis.rule.address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.evidence.EventRecord;

/**
 * The addresses of RRAS's pool that clients hold, by events 20274 and 20275.
 *
 * @param held addresses that were handed out and did not come back
 */
record Leases(Set<String> held, List<Citation> citations) {
  /** RRAS had no address left in this attempt: RemoteAccess 20167. */
  static boolean ranOut(Facts facts) {
    return facts.events().last(facts.vpnServer(), EventLog.REMOTE_ACCESS, 20167).isPresent();
  }

  /** RRAS could not give what the policy prescribes: RemoteAccess 20255. */
  static Optional<EventRecord> conflict(Facts facts) {
    return facts
        .events()
        .last(
            facts.vpnServer(),
            EventLog.REMOTE_ACCESS,
            20255,
            event -> event.data("Reason").contains("Framed-IP-Address"));
  }

  static Leases of(Facts facts) {
    EventLog events = facts.events();
    String server = facts.vpnServer();
    Map<String, EventRecord> held = new LinkedHashMap<>();
    for (EventRecord event : events.ever(server, EventLog.REMOTE_ACCESS, 20274, 20275)) {
      if (event.id() == 20274) {
        held.put(event.data("Address"), event);
      } else {
        held.remove(event.data("Address"));
      }
    }
    List<Citation> citations = new ArrayList<>();
    events
        .last(server, EventLog.REMOTE_ACCESS, 20167)
        .ifPresent(event -> citations.add(Cite.event(event, "no address was left")));
    conflict(facts).ifPresent(event -> citations.add(Cite.field(event, "Reason")));
    held.values().stream().limit(3).forEach(event -> citations.add(Cite.field(event, "Address")));
    return new Leases(held.keySet(), citations);
  }
}
