package vpnlab.diagnosis.rule.reconnect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vpnlab.diagnosis.Finding.Citation;
import vpnlab.diagnosis.facts.Cite;
import vpnlab.diagnosis.facts.EventLog;
import vpnlab.diagnosis.facts.Facts;
import vpnlab.diagnosis.facts.SeenIkeMessage;
import vpnlab.diagnosis.rule.CauseRule;
import vpnlab.diagnosis.rule.Grounds;
import vpnlab.evidence.EventRecord;
import vpnlab.evidence.Stage;

/** The network was away for longer than the server, or the client itself, was ready to wait. */
public final class MobikeOutageExceeded extends CauseRule {
  /** The least that RRAS waits (MS-RRASM section 2.2.3.4.2.2). */
  static final Duration LEAST_OUTAGE_TIME = Duration.ofSeconds(120);

  public MobikeOutageExceeded() {
    super("mobike-outage-exceeded", Stage.DATA_PATH, 829);
  }

  @Override
  protected Optional<Grounds> explain(Facts facts) {
    if (NetworkChange.mobility(facts).equals("No")) {
      return Optional.empty();
    }
    return NetworkChange.of(facts).flatMap(change -> explain(facts, change));
  }

  private static Optional<Grounds> explain(Facts facts, NetworkChange change) {
    if (change.regained().isEmpty()) {
      return Optional.of(
          Grounds.certain("The network did not come back before the client gave up.")
              .cite(change.citations()));
    }
    if (change.updates().isEmpty() || change.answered(facts)) {
      return Optional.empty();
    }
    if (!facts.administrator()) {
      return change.outage().orElseThrow().compareTo(LEAST_OUTAGE_TIME) < 0
          ? Optional.empty()
          : Optional.of(
              Grounds.possible("The server may have ended the session during the outage.")
                  .cite(change.citations()));
    }
    List<SeenIkeMessage> arrived = change.arrived(facts);
    Optional<EventRecord> ended = endOfSession(facts, change);
    return arrived.isEmpty() || ended.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Grounds.certain(
                    "The client's news of its new address reached the server, which had ended the"
                        + " session before.")
                .cite(Cite.field(ended.get(), "End"), Cite.field(ended.get(), "Reason"))
                .cite(citeArrived(arrived.get(0)))
                .cite(change.citations()));
  }

  private static Citation citeArrived(SeenIkeMessage message) {
    return Cite.packet(message, "arrived at the VPN server");
  }

  /** RemoteAccess 20272 of the client's session, written after its network had gone. */
  private static Optional<EventRecord> endOfSession(Facts facts, NetworkChange change) {
    return facts
        .events()
        .last(
            facts.vpnServer(),
            EventLog.REMOTE_ACCESS,
            20272,
            event -> !event.at().isBefore(change.lost().at()));
  }
}
