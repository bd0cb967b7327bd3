package vpnlab.diagnosis.rule.directory;

import java.util.ArrayList;
import java.util.List;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;

/** Why a server reaches no domain controller, as far as the controllers' own records say. */
final class DirectoryPath {
  private static final String LDAP = "389";

  private DirectoryPath() {}

  static List<Citation> cite(Facts facts) {
    List<Citation> found = new ArrayList<>();
    facts
        .events()
        .last(facts.domain().asker(), EventLog.AUDITING, 6274)
        .ifPresent(event -> found.add(Cite.field(event, "ReasonCode")));
    facts.hosts().stream()
        .filter(host -> host.services().containsKey("NTDS"))
        .forEach(
            host -> {
              facts.serviceStopped(host.host(), "NTDS").ifPresent(found::add);
              facts.events().ever(host.host(), EventLog.AUDITING, 5152).stream()
                  .filter(event -> event.data("DestPort").equals(LDAP))
                  .findFirst()
                  .ifPresent(
                      event ->
                          found.add(
                              Cite.event(
                                  event,
                                  "DestPort = 389, FilterName = " + event.data("FilterName"))));
            });
    return found;
  }
}
