package vpnlab.diagnosis.rule.reach;

import java.util.Optional;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Stage;

/** DNS has no address for the name that was dialed. */
public final class NameNotResolvable extends CauseRule {
  public NameNotResolvable() {
    super("name-not-resolvable", Stage.DNS, 868);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    String dialed = facts.profile().server();
    Optional<EventRecord> query =
        facts
            .events()
            .last(
                facts.client(),
                EventLog.DNS_CLIENT,
                3008,
                event -> event.data("QueryName").equalsIgnoreCase(dialed));
    if (query.isPresent() && query.get().data("QueryStatus").equals("0")) {
      return Optional.empty();
    }
    if (query.isEmpty() && facts.attempt().error().isEmpty()) {
      return Optional.empty();
    }
    String why = query.map(event -> " (DNS status " + event.data("QueryStatus") + ")").orElse("");
    return Optional.of(
        Grounds.certain(
                "The name %s has no address in DNS%s."
                    .formatted(dialed.isEmpty() ? "that was dialed" : dialed, why))
            .cite(query.map(event -> Cite.field(event, "QueryStatus")).stream().toList())
            .cite(Cite.profile(facts.profile(), "server = " + dialed)));
  }
}
